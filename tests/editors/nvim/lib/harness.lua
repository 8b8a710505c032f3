--- What every suite needs: checks that print a line each, waits with a limit, and a note in a buffer.
--- Refuses to know anything about the judgement: what is expected stands in the suites.
local M = {}

local failures = 0

--- Prints PASS or FAIL; returns `ok`.
function M.check(what, ok, detail)
  failures = failures + (ok and 0 or 1)
  io.write(ok and 'PASS  ' or 'FAIL  ', what, (detail and not ok) and ('\n      ' .. detail) or '', '\n')
  return ok
end

function M.equal(what, got, expected)
  local detail = not vim.deep_equal(got, expected)
      and ('expected %s\n      got      %s'):format(vim.inspect(expected), vim.inspect(got))
    or nil
  return M.check(what, detail == nil, detail)
end

--- Waits until `state()` gives what is expected.
function M.becomes(what, expected, state, limit_ms)
  vim.wait(limit_ms or 5000, function()
    return vim.deep_equal(state(), expected)
  end, 10)
  return M.equal(what, state(), expected)
end

--- Runs `main` once Neovim has started as it does for a person, then quits Neovim; exit code 1 if a check failed.
function M.run(main)
  vim.o.report, vim.o.swapfile = 9999, false
  vim.defer_fn(function()
    M.check('the suite ends within a minute', false)
    os.exit(1)
  end, 60000)
  vim.api.nvim_create_autocmd('VimEnter', {
    once = true,
    callback = vim.schedule_wrap(function()
      local ok, problem = xpcall(main, debug.traceback)
      if not ok then
        M.check('the suite itself runs', false, problem)
      end
      if failures > 0 then
        M.print_log()
      end
      io.flush()
      vim.cmd(failures == 0 and 'qall!' or 'cquit 1')
    end),
  })
end

--- What the client and the server's standard error had to say.
function M.print_log()
  local path = vim.lsp.log.get_filename()
  if vim.uv.fs_stat(path) then
    for line in io.lines(path) do
      io.write('      log: ', line, '\n')
    end
  end
end

--- Writes a note with these very bytes and opens it.
function M.open(name, bytes)
  local path = vim.fs.joinpath(vim.uv.cwd(), 'notes', name)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  M.write(path, bytes)
  vim.cmd.edit(path)
  return path
end

function M.write(path, bytes)
  local file = assert(io.open(path, 'wb'))
  file:write(bytes)
  file:close()
end

function M.read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

function M.lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

--- The lines without the blanks at their ends: one behind a question is for the answer.
function M.trimmed()
  return vim.tbl_map(function(line)
    return (line:gsub('%s+$', ''))
  end, M.lines())
end

--- The client on this buffer, once it has started.
function M.client()
  vim.wait(10000, function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'sowhat' })[1]
    return client ~= nil and client.initialized
  end, 10)
  return vim.lsp.get_clients({ bufnr = 0, name = 'sowhat' })[1]
end

--- The findings, as "LINE CODE TEXT" in the buffer's order: the text is what the server's own range covers, read in the
--- encoding that it agreed on with Neovim.
function M.findings()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'sowhat' })[1]
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.code < b.code
  end)
  return vim.tbl_map(function(finding)
    local range = finding.user_data.lsp.range
    local line = M.lines()[range.start.line + 1] or ''
    local from = vim.str_byteindex(line, client.offset_encoding, range.start.character, false)
    local to = vim.str_byteindex(line, client.offset_encoding, range['end'].character, false)
    return ('%d %s %s'):format(finding.lnum + 1, finding.code, line:sub(from + 1, to))
  end, found)
end

--- "LINE CODE TEXT" for the findings of a goal that nothing is known about.
function M.open_goal(line, text, states)
  local all = {}
  for _, qualifier in ipairs({ 'cost-of-inaction', 'importance', 'realism' }) do
    table.insert(all, ('%d %s-%s %s'):format(line, qualifier, (states or {})[qualifier] or 'missing', text))
  end
  return all
end

--- The words below the lines, as they stand on screen.
function M.virtual_lines()
  local lines = {}
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true })) do
    for _, line in ipairs(mark[4].virt_lines or {}) do
      local chunks = vim.tbl_map(function(chunk)
        return chunk[1]
      end, line)
      table.insert(lines, table.concat(chunks))
    end
  end
  return lines
end

--- Applies the code action with this title at the cursor, as `gra` and its menu do.
function M.quick_fix(line, column, title)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == title
    end,
  })
  return vim.wait(5000, function()
    return vim.api.nvim_buf_get_changedtick(0) ~= before
  end, 10)
end

--- The titles that are offered at a place.
function M.offered(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local client = assert(M.client())
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  local here = vim.diagnostic.get(0, { lnum = line - 1 })
  params.context = {
    triggerKind = 1,
    diagnostics = vim.tbl_map(function(finding)
      return finding.user_data.lsp
    end, here),
  }
  local reply = client:request_sync('textDocument/codeAction', params, 5000, 0)
  return vim.tbl_map(function(action)
    return action.title
  end, reply and reply.result or {})
end

--- From now on what is said to the person is kept instead of shown. Returns a function that gives it, once.
function M.listen()
  local said = {}
  vim.notify = function(text)
    table.insert(said, text)
  end
  return function()
    local all = said
    said = {}
    return all
  end
end

--- Answers the next menu: takes the entry that reads `wanted`. Returns a function that gives the entries that it had, or nil
--- where none came up.
function M.choose(wanted)
  local entries ---@type string[]?
  local real = vim.ui.select
  vim.ui.select = function(items, options, done)
    vim.ui.select = real
    entries = vim.tbl_map(options.format_item or tostring, items)
    for number, entry in ipairs(entries) do
      if entry == wanted then
        return done(items[number], number)
      end
    end
    done(nil, nil)
  end
  return function()
    vim.ui.select = real
    return entries
  end
end

--- Presses keys as a person does, mappings and all.
function M.press(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'mtx', false)
end

--- Types `text` at a place (0-based row and byte column) keystroke by keystroke. Returns the least number of findings
--- that was there at any time, until the typing has been over for longer than any typing pause.
function M.type(row, column, text)
  local least = #vim.diagnostic.get(0)
  local watch = vim.api.nvim_create_autocmd('DiagnosticChanged', {
    callback = function()
      least = math.min(least, #vim.diagnostic.get(0))
    end,
  })
  for _, character in ipairs(vim.fn.split(text, '\\zs')) do
    vim.api.nvim_buf_set_text(0, row, column, row, column, { character })
    column = column + #character
    vim.wait(30)
  end
  vim.wait(1500)
  vim.api.nvim_del_autocmd(watch)
  return least
end

return M
