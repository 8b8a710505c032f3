---@brief
--- The language server for sales call notes: `vim.lsp.enable('sowhat')` starts it on markdown.
--- Whatever `vim.lsp.config('sowhat', { … })` says wins over this file.

local root_markers = { 'sowhat.toml', '.git' }

---@type vim.lsp.Config
return {
  -- A function, so that the program is looked for when the first note opens, and named in a plain message if it is
  -- not there: Neovim leaves out a `cmd` that cannot run without a word.
  cmd = function(dispatchers)
    return vim.lsp.rpc.start({ assert(require('sowhat').program()), 'server' }, dispatchers)
  end,
  filetypes = { 'markdown' },
  root_markers = root_markers,
  root_dir = function(bufnr, on_dir)
    if require('sowhat').can_start() then
      on_dir(vim.fs.root(bufnr, root_markers)) -- no root is fine: a note may lie anywhere
    end
  end,
  on_init = function(client)
    require('sowhat.client').started(client)
  end,
}
