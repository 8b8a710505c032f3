--- What every part needs of the running server, and what begins when one has started.
local M = {}

--- Our client on a buffer.
---@param bufnr? integer Default: the current buffer.
---@return vim.lsp.Client?
function M.of(bufnr)
  return vim.lsp.get_clients({ name = 'sowhat', bufnr = bufnr or 0 })[1]
end

--- Says something to the person, in the plugin's name.
---@param text string
---@param level? integer
function M.say(text, level)
  vim.notify('sowhat: ' .. text, level or vim.log.levels.INFO)
end

--- The findings of a note that are ours: other servers may have theirs in the same buffer.
---@param bufnr integer
---@param where? { lnum?: integer }
---@return vim.Diagnostic[]
function M.findings(bufnr, where)
  return vim.tbl_filter(function(finding)
    return finding.source == 'sowhat'
  end, vim.diagnostic.get(bufnr, where))
end

--- Whether a finding is about a question that is still open: nobody asked, or nobody answered well enough.
---@param code any
---@return boolean
function M.is_open(code)
  local state = tostring(code):match('%-(%a+)$')
  return state == 'missing' or state == 'vague' or state == 'asked'
end

--- Shows findings in words, unless the user has already chosen a way for all findings.
---@param client vim.lsp.Client
local function show_words(client)
  local look, global = require('sowhat').options().diagnostics, vim.diagnostic.config() or {}
  if not look or global.virtual_text or global.virtual_lines then
    return
  end
  if not vim.diagnostic.handlers.sowhat then
    vim.diagnostic.handlers.sowhat = require('sowhat.words')
    vim.diagnostic.config({ sowhat = false }) -- a new handler would show everybody's findings
  end
  for _, pulled in ipairs({ false, true }) do
    vim.diagnostic.config(look, vim.lsp.diagnostic.get_namespace(client.id, pulled))
  end
end

--- Neovim watches no files on Linux. The server looks at its settings when a person pauses or saves; that somebody has
--- just saved the settings themselves, or comes back from another window, it has to be told.
local function tell_of_settings()
  ---@param client vim.lsp.Client
  ---@param path string
  local function changed(client, path)
    local change = { uri = vim.uri_from_fname(path), type = vim.lsp.protocol.FileChangeType.Changed }
    client:notify('workspace/didChangeWatchedFiles', { changes = { change } })
  end
  local group = vim.api.nvim_create_augroup('sowhat.settings', {})
  vim.api.nvim_create_autocmd('BufWritePost', {
    group = group,
    pattern = 'sowhat.toml',
    callback = function(event)
      for _, client in ipairs(vim.lsp.get_clients({ name = 'sowhat' })) do
        changed(client, vim.fs.abspath(event.match))
      end
    end,
  })
  vim.api.nvim_create_autocmd('FocusGained', {
    group = group,
    callback = function()
      for _, client in ipairs(vim.lsp.get_clients({ name = 'sowhat' })) do
        changed(client, vim.fs.joinpath(client.root_dir or vim.uv.cwd(), 'sowhat.toml'))
      end
    end,
  })
end

--- Called for each server, before it sees its first note.
---@param client vim.lsp.Client
function M.started(client)
  show_words(client)
  tell_of_settings()
  require('sowhat.count').follow()
  if require('sowhat').options().hints then
    require('sowhat.hints').switch_on(client)
  end
end

return M
