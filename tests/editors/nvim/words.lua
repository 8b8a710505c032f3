-- The words of a finding can be read, and whoever has chosen how diagnostics look is not overruled.
local t = require('harness')

--- The lines of words on screen once the cursor is on `line`.
local function words(line)
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  return t.virtual_lines()
end

local function count()
  return #vim.diagnostic.get(0)
end

t.run(function()
  vim.o.columns = 60
  local chat = ('Lovely people, and they talked for a long time. '):rep(5)
  local long = chat .. 'They want to cut churn to 5% by June.'
  t.open('long.md', '# Call\n\n' .. long .. '\n\nBye\n')
  t.client()
  t.becomes('findings in a line longer than the window', 3, count)
  local lines = words(3)
  local whole = table.concat(lines):gsub('%s+', ' ')
  t.check('their words are there, whole', whole:find("What happens if you don't hit that goal?", 1, true) ~= nil, whole)
  local too_long = vim.tbl_filter(function(line)
    return vim.api.nvim_strwidth(line) > vim.o.columns
  end, lines)
  t.equal('and end within the window', too_long, {})
  t.equal('elsewhere there are none', words(5), {})
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'One more line' })
  t.check('they move with their goal', #words(4) > 0)

  -- Findings of others are none of our business.
  local others = vim.api.nvim_create_namespace('others')
  vim.diagnostic.set(others, 0, { { lnum = 5, col = 0, message = 'not ours' } })
  t.equal('the words of others stay where they are', words(6), {})

  vim.diagnostic.config({ virtual_text = true })
  vim.lsp.get_clients({ name = 'sowhat' })[1]:stop(true)
  vim.wait(5000, function()
    return #vim.lsp.get_clients({ name = 'sowhat' }) == 0
  end)
  t.open('call.md', t.read(vim.env.NOTES .. '/call.md'))
  t.client()
  t.becomes('findings are there', 6, count)
  t.equal('no words below the lines for someone who has them beside the lines', words(7), {})
end)
