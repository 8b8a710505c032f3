-- The client's settings reach the server, and win over the file beside the note.
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
