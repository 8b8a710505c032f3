-- Whoever has chosen how diagnostics look is not overruled.
local t = require('harness')

t.run(function()
  vim.diagnostic.config({ virtual_text = true })
  t.open('call.md', t.read(vim.env.NOTES .. '/call.md'))
  t.client()
  t.becomes('findings are there', 6, function()
    return #vim.diagnostic.get(0)
  end)
  vim.api.nvim_win_set_cursor(0, { 7, 30 })
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  t.equal('no words below the lines for someone who has them beside the lines', t.virtual_lines(), '')
end)
