--- From goal to goal: those with a question that is still open.
local M = {}

local our = require('sowhat.client')

--- Where the goals with open questions begin, in the note's order: row and byte column, as for the cursor.
---@param bufnr integer
---@return [integer, integer][]
local function places(bufnr)
  local all, seen = {}, {}
  for _, finding in ipairs(our.findings(bufnr)) do
    local key = finding.lnum .. ' ' .. finding.col
    if our.is_open(finding.code) and not seen[key] then
      seen[key] = true
      table.insert(all, { finding.lnum + 1, finding.col })
    end
  end
  table.sort(all, function(a, b)
    return a[1] < b[1] or a[1] == b[1] and a[2] < b[2]
  end)
  return all
end

--- Moves the cursor to a goal with an open question, past the note's end and around.
---@param count integer How many goals further; negative: back.
function M.jump(count)
  local goals = places(vim.api.nvim_get_current_buf())
  if #goals == 0 then
    our.say('no goal with an open question')
    return
  end
  local row, col = unpack(vim.api.nvim_win_get_cursor(0))
  local before, here = 0, 0 -- how many goals begin before the cursor, and whether one begins at it
  for _, goal in ipairs(goals) do
    if goal[1] == row and goal[2] == col then
      here = 1
    elseif goal[1] < row or goal[1] == row and goal[2] < col then
      before = before + 1
    end
  end
  local number = before + count + (count > 0 and here or 1)
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(0, goals[(number - 1) % #goals + 1])
  vim.cmd('normal! zv')
end

return M
