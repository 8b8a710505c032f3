--- The plugin's options, the sowhat program that they lead to, and what a statusline shows. Refuses to know what a goal
--- is or which settings the server has: all of that is the server's.
local M = {}

---@class sowhat.Options
---@field path? string The program; used as it stands, with no other place tried. Default: see |sowhat-program|.
---@field diagnostics? vim.diagnostic.Opts|false How findings look; false leaves it to |vim.diagnostic.config()|.
---@field hints? boolean Whether inlay hints are switched on in notes. Default: true.
---@field startinsert? boolean Whether a question that was put in is answered at once, in Insert mode. Default: false.

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
  -- What is open stands behind every goal, so that nobody has to go there to see it.
  hints = true,
  startinsert = false,
}

local options = defaults

--- Changes the plugin's options. Not needed to start it.
---@param opts? sowhat.Options
function M.setup(opts)
  vim.validate('opts', opts, 'table', true)
  options = vim.tbl_extend('force', defaults, opts or {})
  vim.validate('opts.path', options.path, 'string', true)
  vim.validate('opts.diagnostics', options.diagnostics, function(value)
    return type(value) == 'table' or value == false
  end, 'table or false')
  vim.validate('opts.hints', options.hints, 'boolean')
  vim.validate('opts.startinsert', options.startinsert, 'boolean')
  vim.lsp.enable('sowhat')
end

--- The options in force.
---@return sowhat.Options
function M.options()
  return options
end

--- How good the discovery in a note is so far, for a statusline: `2 of 5 goals qualified`. Empty where there is no goal.
--- It only says what is known already, so it costs nothing.
---@param bufnr? integer Default: the current buffer.
---@return string
function M.status(bufnr)
  return require('sowhat.count').status(bufnr)
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

--- The command line that runs the program with these words, or nil where there is none.
---@param ... string
---@return string[]?
function M.command_line(...)
  local cmd = vim.lsp.config.sowhat.cmd
  local line = type(cmd) == 'table' and vim.deepcopy(cmd) or { (M.program()) }
  for place, word in ipairs(line) do
    if word == 'server' then -- of vim.lsp.config('sowhat', { cmd = { …, 'server' } })
      line = vim.list_slice(line, 1, place - 1)
      break
    end
  end
  return #line > 0 and vim.list_extend(line, { ... }) or nil
end

return M
