-- What Neovim shows of a note beside the findings, each by the function that a person's keys call.
local t = require('harness')

local ASK = "What happens if you don't hit that goal?"
local REVENUE, CHURN = 'Increase revenue 20% YoY', 'Cut churn to 5% by June'

--- The hints on screen, as "LINE LABEL".
local function hints()
  return vim.tbl_map(function(hint)
    return ('%d %s'):format(hint.inlay_hint.position.line + 1, hint.inlay_hint.label)
  end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
end

local function hints_of(line)
  return { line .. ' why?', line .. ' · if missed?', line .. ' · vs last year?' }
end

--- Asks the server; its answer.
local function asked(client, method, params)
  local reply = client:request_sync(method, params, 5000, 0)
  return reply and reply.result
end

t.run(function()
  -- The folder with the settings is the workspace.
  local notes = vim.fs.joinpath(vim.uv.cwd(), 'notes')
  vim.fn.mkdir(notes, 'p')
  t.write(vim.fs.joinpath(notes, 'sowhat.toml'), '')
  t.open('call.md', t.read(vim.env.NOTES .. '/call.md'))
  local client = assert(t.client())
  local uri = { textDocument = vim.lsp.util.make_text_document_params(0) }
  local both = vim.iter({ t.open_goal(7, REVENUE), t.open_goal(8, CHURN) }):flatten():totable()
  t.becomes('the findings are there', both, t.findings)
  t.check(
    'they are pushed, not pulled: Neovim 0.11 cannot be told to pull again',
    not client.server_capabilities.diagnosticProvider
  )

  local all = vim.iter({ hints_of(7), hints_of(8) }):flatten():totable()
  t.becomes('hints stand at both goals', all, hints)
  vim.lsp.inlay_hint.enable(false, { bufnr = 0 })
  t.becomes("Neovim's own switch takes them away", {}, hints)
  vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
  t.becomes('and brings them back', all, hints)

  -- A hint past the end of a line that got shorter is an error at every redraw (neovim#36318).
  vim.v.errmsg = ''
  vim.api.nvim_buf_set_text(0, 7, 5, 7, -1, { '' })
  vim.cmd('redraw!')
  t.becomes('no hint is left on a line that was shortened', hints_of(7), hints)
  vim.cmd('redraw!')
  t.equal('and Neovim has nothing to complain about', vim.v.errmsg, '')
  vim.cmd('silent undo')
  t.becomes('undone, they stand there again', all, hints)

  vim.api.nvim_win_set_cursor(0, { 7, 40 })
  vim.lsp.buf.hover()
  t.check(
    'hover shows what is known and what to ask next',
    vim.wait(5000, function()
      return vim.iter(vim.api.nvim_list_wins()):any(function(window)
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        local text = table.concat(lines, '\n')
        return text:find('0 of 3 answered', 1, true) ~= nil and text:find('Ask next', 1, true) ~= nil
      end)
    end)
  )
  vim.cmd('silent! fclose')

  vim.lsp.codelens.refresh({ bufnr = 0 })
  t.becomes('a lens over the goals counts them', { '2 goals · 0 qualified · ask 6 questions' }, function()
    return vim.tbl_map(function(lens)
      return lens.command.title
    end, vim.lsp.codelens.get(0))
  end)
  local before = t.lines()
  vim.api.nvim_win_set_cursor(0, { 5, 0 })
  vim.lsp.codelens.run()
  t.becomes('run, it asks everything below its heading', #before + 6, function()
    return #t.lines()
  end)
  t.equal(
    'the first question is the first that is asked',
    t.lines()[8],
    '  - Is this an important target? Why or why not?'
  )
  vim.cmd('silent undo')
  t.equal('one undo takes them all back', t.lines(), before)

  local outline = asked(client, 'textDocument/documentSymbol', uri)
  local items = vim.tbl_map(function(item)
    return item.text
  end, vim.lsp.util.symbols_to_items(outline, 0, client.offset_encoding))
  t.check(
    'the outline has the goals',
    vim.iter(items):any(function(text)
      return text:find(CHURN, 1, true) ~= nil
    end),
    vim.inspect(items)
  )

  t.becomes('tokens colour goals', { 'goal' }, function()
    local tokens = vim.lsp.semantic_tokens.get_at_pos(0, 6, 40) or {}
    return vim.tbl_map(function(token)
      return token.type
    end, tokens)
  end)

  vim.wo.foldmethod, vim.wo.foldexpr, vim.wo.foldlevel = 'expr', 'v:lua.vim.lsp.foldexpr()', 9
  vim.api.nvim_buf_set_lines(0, 7, 7, false, { '  - ' .. ASK })
  t.becomes('a goal folds with what stands below it', { 1, 1, 0 }, function()
    return { vim.fn.foldlevel(7), vim.fn.foldlevel(8), vim.fn.foldlevel(9) }
  end)
  vim.cmd('silent 8delete')
  t.becomes('and all is as it was', both, t.findings)

  -- As omnifunc does: the list of what can be typed below the first goal.
  vim.api.nvim_buf_set_lines(0, 7, 7, false, { '  - ' })
  vim.api.nvim_win_set_cursor(0, { 8, 4 })
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  at.position.character = 4
  vim.wait(300) -- Neovim sends a change with a delay
  local offered = vim.tbl_map(function(item)
    return item.label
  end, asked(client, 'textDocument/completion', at))
  t.check('completion offers the open questions', vim.list_contains(offered, ASK), vim.inspect(offered))
  t.check('and the labels of answers', vim.list_contains(offered, 'If missed:'), vim.inspect(offered))
  vim.cmd('silent 8delete')

  local found = vim.tbl_map(function(goal)
    return goal.name
  end, asked(client, 'workspace/symbol', { query = 'stores' }))
  t.equal('a search finds nothing yet', found, {})
  t.write(vim.fs.joinpath(notes, 'other.md'), '# Hooli\n\n## Goals\n\n- Open 12 stores\n')
  found = vim.tbl_map(function(goal)
    return goal.containerName .. ': ' .. goal.name
  end, asked(client, 'workspace/symbol', { query = 'stores' }))
  t.equal('and then a goal in a note that was written outside', found, { 'Hooli: Open 12 stores' })
end)
