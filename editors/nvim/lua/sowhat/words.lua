--- Writes findings in words below the line that the cursor is on, as a diagnostic handler (|diagnostic-handlers|).
---
--- Neovim's own virtual lines start at the finding's column and end at the window's edge: in a note with long lines they
--- say next to nothing. These start at the line's indentation and are broken at the edge.
local M = {}

local places = vim.api.nvim_create_namespace('sowhat.places') -- marks without a look: findings move with the text
local words = vim.api.nvim_create_namespace('sowhat.words')
local group = vim.api.nvim_create_augroup('sowhat.words', {})
local shown = {} ---@type table<integer, integer> by buffer, the namespace whose findings have words

local highlights = {
  [vim.diagnostic.severity.ERROR] = 'DiagnosticVirtualLinesError',
  [vim.diagnostic.severity.WARN] = 'DiagnosticVirtualLinesWarn',
  [vim.diagnostic.severity.INFO] = 'DiagnosticVirtualLinesInfo',
  [vim.diagnostic.severity.HINT] = 'DiagnosticVirtualLinesHint',
}

--- Breaks `text` into lines of at most `width` cells, or one word where that is longer.
---@param text string
---@param width integer
---@return string[]
local function wrapped(text, width)
  local lines = {}
  for word in text:gmatch('%S+') do
    local longer = #lines > 0 and lines[#lines] .. ' ' .. word
    if longer and vim.api.nvim_strwidth(longer) <= width then
      lines[#lines] = longer
    else
      table.insert(lines, word)
    end
  end
  return lines
end

---@param bufnr integer
---@param findings table<integer, vim.Diagnostic> by their place's mark
local function draw(bufnr, findings)
  vim.api.nvim_buf_clear_namespace(bufnr, words, 0, -1)
  local window = vim.fn.bufwinid(bufnr)
  if window == -1 then
    return
  end
  local row = vim.api.nvim_win_get_cursor(window)[1] - 1
  local indent = vim.api.nvim_win_call(window, function()
    return vim.fn.indent(row + 1) + 2
  end)
  local info = vim.fn.getwininfo(window)[1]
  local width = math.max(info.width - info.textoff - indent, 20)

  local lines = {}
  local marks = vim.api.nvim_buf_get_extmarks(bufnr, places, { row, 0 }, { row, -1 }, {})
  table.sort(marks, function(a, b)
    return a[1] < b[1] -- as the server sent them
  end)
  for _, mark in ipairs(marks) do
    local finding = findings[mark[1]]
    for _, line in ipairs(wrapped(finding.message, width)) do
      table.insert(lines, { { (' '):rep(indent) }, { line, highlights[finding.severity] } })
    end
  end
  if #lines > 0 then
    vim.api.nvim_buf_set_extmark(bufnr, words, row, 0, { virt_lines = lines })
  end
end

---@param bufnr integer
local function clear(bufnr)
  shown[bufnr] = nil
  if vim.api.nvim_buf_is_valid(bufnr) then
    vim.api.nvim_clear_autocmds({ group = group, buffer = bufnr })
    vim.api.nvim_buf_clear_namespace(bufnr, places, 0, -1)
    vim.api.nvim_buf_clear_namespace(bufnr, words, 0, -1)
  end
end

---@param namespace integer
---@param bufnr integer
---@param diagnostics vim.Diagnostic[]
function M.show(namespace, bufnr, diagnostics)
  clear(bufnr)
  if not vim.api.nvim_buf_is_loaded(bufnr) then
    return -- the person closed the note before the server had answered
  end
  shown[bufnr] = namespace
  local findings = {}
  for _, finding in ipairs(diagnostics) do
    local row = math.min(finding.lnum, vim.api.nvim_buf_line_count(bufnr) - 1)
    findings[vim.api.nvim_buf_set_extmark(bufnr, places, row, 0, {})] = finding
  end
  draw(bufnr, findings)
  vim.api.nvim_create_autocmd({ 'CursorMoved', 'CursorMovedI', 'BufWinEnter' }, {
    group = group,
    buffer = bufnr,
    callback = function()
      draw(bufnr, findings)
    end,
  })
end

--- Neovim hides every server's findings before it shows them anew; those of others are not ours to hide.
---@param namespace integer
---@param bufnr integer
function M.hide(namespace, bufnr)
  if shown[bufnr] == namespace then
    clear(bufnr)
  end
end

return M
