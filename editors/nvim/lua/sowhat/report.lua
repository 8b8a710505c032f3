--- `:Sowhat report`: the open questions of all notes of the workspace as a quickfix list. The program reads the folder
--- while the person writes on; what is unsaved in Neovim beats the disk.
local M = {}

local our = require('sowhat.client')

-- The quickfix list's letters, for the editor's severities and for the program's.
local severity = vim.diagnostic.severity
local types = {
  [severity.ERROR] = 'E',
  [severity.WARN] = 'W',
  [severity.INFO] = 'I',
  [severity.HINT] = 'N',
  error = 'E',
  warning = 'W',
  information = 'I',
  hint = 'N',
}

---@class sowhat.Report
---@field root string
---@field unsaved table<string, integer> buffers by path
---@field list integer the quickfix list
---@field questions integer how many are in it
---@field notes integer that were looked at

---@return string
local function root_here()
  local client = our.of()
  local root = client and client.root_dir or vim.fs.root(0, { 'sowhat.toml', '.git' }) or vim.uv.cwd()
  return vim.uv.fs_realpath(root) or root
end

--- Notes of the folder that are not on the disk as they are here.
---@param root string
---@return table<string, integer>
local function unsaved_notes(root)
  local unsaved = {}
  for _, client in ipairs(vim.lsp.get_clients({ name = 'sowhat' })) do
    for bufnr in pairs(client.attached_buffers) do
      local name = vim.api.nvim_buf_get_name(bufnr)
      local path = vim.uv.fs_realpath(name) or name
      if vim.bo[bufnr].modified and vim.fs.relpath(root, path) then
        unsaved[path] = bufnr
      end
    end
  end
  return unsaved
end

--- Adds entries to the list.
---@param report sowhat.Report
---@param items vim.quickfix.entry[]
local function add(report, items)
  if #items > 0 then
    report.questions = report.questions + #items
    vim.fn.setqflist({}, 'a', { id = report.list, items = items })
  end
end

--- What the editor knows of a note.
---@param path string
---@param bufnr integer
---@return vim.quickfix.entry[]
local function items_unsaved(path, bufnr)
  local items = {}
  for _, finding in ipairs(our.findings(bufnr)) do
    if our.is_open(finding.code) then
      table.insert(items, {
        filename = path,
        lnum = finding.lnum + 1,
        col = finding.col + 1,
        text = finding.message,
        type = types[finding.severity],
      })
    end
  end
  return items
end

--- Where the text behind these bytes of a file stands. Neovim takes a byte order mark away, the program counts it.
---@param head string
---@return integer lnum
---@return integer col
local function place_behind(head)
  local lnum = select(2, head:gsub('\n', '')) + 1
  local line = head:match('[^\n]*$')
  return lnum, #(lnum == 1 and line:gsub('^\239\187\191', '') or line) + 1
end

--- What the program found in a note.
---@param note { path: string, findings: { code: string, severity: string, bytes: integer[], message: string }[] }
---@return vim.quickfix.entry[]
local function items_printed(note)
  local open = vim.tbl_filter(function(finding)
    return our.is_open(finding.code)
  end, note.findings)
  local file = #open > 0 and io.open(note.path, 'rb')
  if not file then
    return {}
  end
  local items = vim.tbl_map(function(finding)
    file:seek('set', 0)
    local lnum, col = place_behind(file:read(finding.bytes[1]) or '')
    return {
      filename = note.path,
      lnum = lnum,
      col = col,
      text = finding.message,
      type = types[finding.severity],
    }
  end, open)
  file:close()
  return items
end

--- Adds what the program printed, a line of JSON a note.
---@param report sowhat.Report
---@param lines string[]
local function add_printed(report, lines)
  local items = {}
  for _, line in ipairs(lines) do
    local note = vim.json.decode(line)
    if not report.unsaved[note.path] then
      report.notes = report.notes + 1
      vim.list_extend(items, items_printed(note))
    end
  end
  add(report, items)
end

--- A list with what is unsaved in it.
---@return sowhat.Report
local function begin()
  local root = root_here()
  local title = ('Open questions in %s'):format(vim.fn.fnamemodify(root, ':~'))
  vim.fn.setqflist({}, ' ', { title = title })
  local list = vim.fn.getqflist({ id = 0 }).id
  ---@type sowhat.Report
  local report = { root = root, unsaved = unsaved_notes(root), list = list, questions = 0, notes = 0 }
  for path, bufnr in vim.spairs(report.unsaved) do
    report.notes = report.notes + 1
    add(report, items_unsaved(path, bufnr))
  end
  return report
end

---@param number integer
---@param of string
local function count(number, of)
  return ('%d %s%s'):format(number, of, number == 1 and '' or 's')
end

--- Opens the list. Somebody who is typing keeps their window.
---@param report sowhat.Report
local function show(report)
  if report.questions == 0 then
    our.say(('no open question in %s'):format(count(report.notes, 'note')))
    return
  end
  local window, is_busy = vim.api.nvim_get_current_win(), vim.api.nvim_get_mode().mode ~= 'n'
  vim.cmd('botright copen')
  if is_busy then
    vim.api.nvim_set_current_win(window)
  end
  our.say(('%s in %s'):format(count(report.questions, 'open question'), count(report.notes, 'note')))
end

local running ---@type vim.SystemObj?

--- Looks at all notes, then shows the list. A second call begins anew.
function M.run()
  local line = require('sowhat').command_line('check', '--format', 'ndjson', '--fail-on', 'never', '--', root_here())
  if not line then
    vim.notify(require('sowhat').help(), vim.log.levels.WARN)
    return
  end
  if running then
    running:kill('sigterm')
  end
  local report, rest = begin(), ''
  local this ---@type vim.SystemObj
  this = vim.system(line, {
    stdout = function(_, data)
      -- A piece of output at a time, so that no key waits for all notes.
      local lines = vim.split(rest .. (data or ''), '\n', { plain = true })
      rest = table.remove(lines)
      vim.schedule(function()
        add_printed(report, lines)
      end)
    end,
  }, function(done)
    vim.schedule(function()
      if running ~= this then
        return -- another has begun
      end
      running = nil
      show(report)
      if done.code ~= 0 then
        our.say(vim.trim(done.stderr), vim.log.levels.WARN) -- a note that can't be read, broken settings
      end
    end)
  end)
  running = this
  vim.defer_fn(function()
    if running == this then
      our.say('looking at all notes …')
    end
  end, 500)
end

return M
