-- The client's settings reach the server, and win over the file beside the note. A file that changes is noticed, though
-- Neovim watches none.
local t = require('harness')

local function codes()
  local all = vim.tbl_map(function(finding)
    return finding.code
  end, vim.diagnostic.get(0))
  table.sort(all)
  return all
end

t.run(function()
  local note = '## Goals\n\n- Cut churn to 5% by June\n'
  local folder = vim.fs.dirname(t.open('plain.md', note))
  t.client()
  t.becomes('without settings', { 'cost-of-inaction-missing', 'importance-missing', 'realism-missing' }, codes)

  t.write(folder .. '/sowhat.toml', 'qualifiers = ["realism"]\n')
  t.open('by_file.md', note)
  t.becomes('by sowhat.toml', { 'realism-missing' }, codes)

  -- Saved in Neovim itself: in every note that is open, with nothing done there.
  vim.cmd.edit(folder .. '/sowhat.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'qualifiers = ["importance", "realism"]' })
  vim.cmd('silent write')
  vim.cmd('silent bprevious')
  t.becomes('sowhat.toml was saved in Neovim', { 'importance-missing', 'realism-missing' }, codes)
  -- By another program: told when the person comes back to Neovim, and noticed by the server in the next pause.
  t.write(folder .. '/sowhat.toml', 'qualifiers = ["importance"]\n')
  vim.api.nvim_exec_autocmds('FocusGained', {})
  t.becomes('sowhat.toml was changed outside, and the person comes back', { 'importance-missing' }, codes)
  t.write(folder .. '/sowhat.toml', 'qualifiers = ["cost-of-inaction"] # once more\n')
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'Bye' })
  t.becomes('sowhat.toml was changed outside, and the person types on', { 'cost-of-inaction-missing' }, codes)
  assert(os.remove(folder .. '/sowhat.toml'))
  vim.cmd('silent write')
  t.becomes('sowhat.toml is gone, and the person saves', {
    'cost-of-inaction-missing',
    'importance-missing',
    'realism-missing',
  }, codes)
  t.write(folder .. '/sowhat.toml', 'qualifiers = ["realism"]\n')

  vim.lsp.enable('sowhat', false)
  vim.wait(5000, function()
    return #vim.lsp.get_clients({ name = 'sowhat' }) == 0
  end)
  vim.lsp.config('sowhat', { settings = { sowhat = { qualifiers = { 'importance' } } } })
  vim.lsp.enable('sowhat')
  t.open('by_client.md', note)
  t.client()
  t.becomes('by vim.lsp.config()', { 'importance-missing' }, codes)
end)
