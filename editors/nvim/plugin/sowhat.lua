-- Installed means wanted: notes are checked from the first one on. `vim.g.loaded_sowhat = 1` before this file leaves
-- the start to your own `vim.lsp.enable('sowhat')`.
if vim.g.loaded_sowhat then
  return
end
vim.g.loaded_sowhat = 1

vim.lsp.enable('sowhat')
