--- Finds the sowhat program and shows what it says in words. Refuses to know what a goal is or which settings the
--- server has: all of that is the server's.
local M = {}

---@class sowhat.Options
---@field path? string The program; used as it stands, with no other place tried. Default: see |sowhat-program|.
---@field diagnostics? vim.diagnostic.Opts|false How findings look; false leaves it to |vim.diagnostic.config()|.

---@class sowhat.Place
---@field path string
---@field why string Where the path comes from, in words.

---@type sowhat.Options
local defaults = {
  diagnostics = {
    -- Neovim draws only an underline by default. These are the words, below the line that the cursor is on.
    sowhat = true,
    -- A rep stays in insert mode for a whole call. The server keeps quiet about a goal that is being typed.
    update_in_insert = true,
  },
}

local options = defaults

--- Changes how the plugin looks for the program and shows findings. Optional.
---@param opts? sowhat.Options
function M.setup(opts)
  vim.validate('opts', opts, 'table', true)
  options = vim.tbl_extend('force', defaults, opts or {})
  vim.validate('opts.path', options.path, 'string', true)
  vim.validate('opts.diagnostics', options.diagnostics, function(value)
    return type(value) == 'table' or value == false
  end, 'table or false')
  vim.lsp.enable('sowhat')
end

--- Every place where the program is looked for, in order.
---@return sowhat.Place[]
function M.places()
  if options.path then
    return { { path = vim.fs.normalize(options.path), why = 'path in setup()' } }
  end
  local name = vim.fn.has('win32') == 1 and 'sowhat.exe' or 'sowhat'
  -- A plugin folder is often a symbolic link into the clone.
  local here = assert(vim.uv.fs_realpath(debug.getinfo(1, 'S').source:sub(2)))
  local plugin = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
  local clone = vim.fs.dirname(vim.fs.dirname(plugin))
  return {
    { path = vim.fs.joinpath(plugin, 'bin', name), why = 'beside the plugin' },
    { path = vim.fs.joinpath(clone, 'target', 'release', name), why = "this clone's build" },
    { path = vim.fn.exepath('sowhat'), why = 'PATH' },
  }
end

--- The program to start, or nil where there is none.
---@return string? path
---@return string? why where the path comes from, in words
function M.program()
  for _, place in ipairs(M.places()) do
    if vim.fn.executable(place.path) == 1 then
      return place.path, place.why
    end
  end
end

--- Whether there is something to start; says what to do if not, once a session.
---@return boolean
function M.can_start()
  local own_cmd = type(vim.lsp.config.sowhat.cmd) == 'table' -- by vim.lsp.config('sowhat', …)
  if own_cmd or M.program() then
    return true
  end
  vim.notify_once(M.help(), vim.log.levels.WARN)
  return false
end

--- What to do when there is no program.
---@return string
function M.help()
  if options.path then
    return ("sowhat: %s is no program, so notes are not checked. Correct `path` in require('sowhat').setup()."):format(
      options.path
    )
  end
  return 'sowhat: the program `sowhat` is not installed, so notes are not checked. '
    .. "In sowhat's folder run `cargo install --path crates/sowhat`, then restart Neovim. "
    .. ':checkhealth sowhat tells where it was looked for.'
end

--- Shows findings in words, unless the user has already chosen a way for all findings.
---@param client vim.lsp.Client
function M.show_words(client)
  local global = vim.diagnostic.config() or {}
  if not options.diagnostics or global.virtual_text or global.virtual_lines then
    return
  end
  if not vim.diagnostic.handlers.sowhat then
    vim.diagnostic.handlers.sowhat = require('sowhat.words')
    vim.diagnostic.config({ sowhat = false }) -- a new handler would show everybody's findings
  end
  for _, pulled in ipairs({ false, true }) do
    local namespace = vim.lsp.diagnostic.get_namespace(client.id, pulled)
    vim.diagnostic.config(options.diagnostics --[[@as vim.diagnostic.Opts]], namespace)
  end
end

return M
