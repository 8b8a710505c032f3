-- Installed means wanted: notes are checked from the first one on. `vim.g.loaded_sowhat = 1` before this file leaves
-- the start to your own `vim.lsp.enable('sowhat')`, and the commands out.
if vim.g.loaded_sowhat then
  return
end
vim.g.loaded_sowhat = 1

if vim.v.vim_did_enter == 1 then
  -- A plugin manager loads us now and calls setup() right after: its `path` is to be known before a program starts.
  vim.schedule(function()
    vim.lsp.enable('sowhat')
  end)
else
  vim.lsp.enable('sowhat')
end

vim.api.nvim_create_user_command('Sowhat', function(command)
  require('sowhat.command').run(command)
end, {
  desc = 'Goals and their open questions: ask, next, previous, report, explain',
  nargs = '+',
  bang = true,
  count = 0,
  complete = function(...)
    return require('sowhat.command').complete(...)
  end,
})

-- No key is taken. These wait for yours: `vim.keymap.set('n', '<leader>a', '<Plug>(sowhat-ask)')`.
for name, mapping in pairs({
  ['ask'] = { { 'n', 'i' }, '<Cmd>Sowhat ask<CR>' },
  ['ask-first'] = { { 'n', 'i' }, '<Cmd>Sowhat! ask<CR>' },
  ['ask-all'] = { { 'n', 'i' }, '<Cmd>Sowhat ask all<CR>' },
  ['next'] = { { 'n', 'x', 'o' }, "<Cmd>execute v:count1 .. 'Sowhat next'<CR>" },
  ['previous'] = { { 'n', 'x', 'o' }, "<Cmd>execute v:count1 .. 'Sowhat previous'<CR>" },
  ['report'] = { { 'n' }, '<Cmd>Sowhat report<CR>' },
  ['explain'] = { { 'n' }, '<Cmd>Sowhat explain<CR>' },
}) do
  vim.keymap.set(mapping[1], ('<Plug>(sowhat-%s)'):format(name), mapping[2])
end
