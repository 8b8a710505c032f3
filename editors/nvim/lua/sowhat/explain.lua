--- `:Sowhat explain`: what a finding means, in the program's own words.
local M = {}

local our = require('sowhat.client')

--- What `sowhat explain …` prints, or nil where it can't; the person has been told why.
---@param ... string
---@return string?
local function explained(...)
  local line = require('sowhat').command_line('explain', ...)
  if not line then
    vim.notify(require('sowhat').help(), vim.log.levels.WARN)
    return
  end
  local run = vim.system(line, { text = true }):wait(5000)
  if run.code ~= 0 then
    our.say((vim.trim(run.stderr):gsub('^error: ', '')), vim.log.levels.ERROR)
    return
  end
  return run.stdout
end

--- Shows an explanation in a window of its own. It is more than a glance, so the cursor goes there; `q`, Escape or
--- leaving it closes it.
---@param code string
function M.show(code)
  local text = explained(code)
  if not text then
    return
  end
  local lines = vim.split(vim.trim(text), '\n')
  local bufnr, window = vim.lsp.util.open_floating_preview(lines, '', { focus_id = 'sowhat.explain' })
  vim.api.nvim_set_current_win(window)
  for _, key in ipairs({ 'q', '<Esc>' }) do
    vim.keymap.set('n', key, '<Cmd>close<CR>', { buffer = bufnr, nowait = true })
  end
end

--- Explains the finding at the cursor, else those on its line; which one, is a choice where there are several.
function M.here()
  local row, col = unpack(vim.api.nvim_win_get_cursor(0))
  local on_line = our.findings(0, { lnum = row - 1 })
  local at_cursor = vim.tbl_filter(function(finding)
    return finding.col <= col and (col < finding.end_col or finding.lnum < finding.end_lnum)
  end, on_line)
  local codes = {} ---@type string[]
  for _, finding in ipairs(#at_cursor > 0 and at_cursor or on_line) do
    if not vim.list_contains(codes, finding.code) then
      table.insert(codes, finding.code)
    end
  end
  if #codes == 0 then
    our.say('no finding here')
  elseif #codes == 1 then
    M.show(codes[1])
  else
    vim.ui.select(codes, { prompt = 'Explain:', kind = 'sowhat' }, function(code)
      if code then
        M.show(code)
      end
    end)
  end
end

local codes ---@type string[]? that the program knows

--- The codes of all findings, for completion.
---@return string[]
function M.codes()
  if not codes then
    local text = explained()
    if not text then
      return {}
    end
    codes = {}
    for line in vim.gsplit(text, '\n', { trimempty = true }) do
      table.insert(codes, line:match('^%S+'))
    end
  end
  return codes
end

return M
