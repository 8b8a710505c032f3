-- Every way in which people get a plugin into Neovim, each in a Neovim of its own. lazy.nvim itself comes from a place that
-- tests can't reach: what it does is written out here.
local t = require('harness')

local HOME = vim.uv.cwd()
local SERVER = assert(vim.uv.fs_realpath(vim.env.CLONE .. '/target/release/sowhat'))
local NOTE = HOME .. '/notes/call.md'

--- Says on standard output what came of it, once the note has findings or never will.
local PROBE = [[
local said = {}
vim.notify = function(text) table.insert(said, text) end
vim.api.nvim_create_autocmd('VimEnter', {
  callback = vim.schedule_wrap(function()
    vim.wait(5000, function() return #vim.diagnostic.get(0) > 0 end, 10)
    local client = vim.lsp.get_clients({ name = 'sowhat' })[1]
    io.write(vim.json.encode({
      findings = #vim.diagnostic.get(0),
      clients = #vim.lsp.get_clients(),
      command = vim.fn.exists(':Sowhat') == 2,
      mapping = vim.fn.maparg('<Plug>(sowhat-ask)', 'n') ~= '',
      words = vim.diagnostic.handlers.sowhat ~= nil,
      hints = vim.lsp.inlay_hint.is_enabled({ bufnr = 0 }),
      program = client and require('sowhat').program(),
      said = said,
    }))
    vim.cmd('qall!')
  end),
})
]]

local tried = 0

--- Starts Neovim on a note, with this init.lua and this plugin folder.
---@param init string
---@param folder? string below the folder of packages: a copy of the plugin goes there
local function outcome(init, folder)
  tried = tried + 1
  local home = ('%s/home%d'):format(HOME, tried)
  local config = home .. '/config/nvim/init.lua'
  vim.fn.mkdir(vim.fs.dirname(config), 'p')
  if folder then
    local place = home .. '/data/nvim/site/' .. folder
    vim.fn.mkdir(vim.fs.dirname(place), 'p')
    assert(vim.system({ 'cp', '-RL', vim.env.CLONE .. '/editors/nvim', place }):wait().code == 0)
  end
  t.write(config, PROBE .. init)
  local env = { PATH = '/usr/bin:/bin', PLUGIN = vim.env.CLONE .. '/editors/nvim', SERVER = SERVER }
  for _, name in ipairs({ 'config', 'data', 'state', 'cache' }) do
    env[('XDG_%s_HOME'):format(name:upper())] = home .. '/' .. name
  end
  local run = vim
    .system({ vim.v.progpath, '--headless', '-i', 'NONE', '-n', NOTE }, { env = env, text = true })
    :wait(20000)
  local ok, result = pcall(vim.json.decode, run.stdout)
  return ok and result or { output = run.stdout, errors = run.stderr }
end

local WORKS = {
  findings = 3,
  clients = 1,
  command = true,
  mapping = true,
  words = true,
  hints = true,
  program = SERVER,
  said = {},
}

--- lazy.nvim once it comes to a plugin: the folder, what is in plugin/, then the options. With `ft`, that happens when the
--- first such file opens; whoever waits for its type since then is told of it.
local LAZY = [[
local function lazy_load(opts)
  vim.opt.runtimepath:prepend(vim.env.PLUGIN)
  for _, file in ipairs(vim.fn.glob(vim.env.PLUGIN .. '/plugin/*.lua', false, true)) do
    vim.cmd.source(file)
  end
  require('sowhat').setup(opts)
end

local function lazy_load_by_type(opts)
  vim.api.nvim_create_autocmd('FileType', { pattern = 'markdown', once = true, callback = function(event)
    local before = {}
    for _, autocmd in ipairs(vim.api.nvim_get_autocmds({ event = 'FileType' })) do
      before[autocmd.group_name or ''] = true
    end
    lazy_load(opts)
    for _, autocmd in ipairs(vim.api.nvim_get_autocmds({ event = 'FileType' })) do
      local group = autocmd.group_name
      if group and not before[group] then
        before[group] = true
        vim.api.nvim_exec_autocmds('FileType', { group = group, buffer = event.buf, modeline = false })
      end
    end
  end })
end
]]

t.run(function()
  vim.fn.mkdir(HOME .. '/notes')
  t.write(NOTE, '## Goals\n\n- Cut churn to 5% by June\n')
  local setup = "require('sowhat').setup({ path = vim.env.SERVER })\n"

  t.equal('the built-in package folder, the program by path', outcome(setup, 'pack/any/start/sowhat'), WORKS)
  t.equal(
    'an optional package, :packadd in init.lua',
    outcome("vim.cmd.packadd('sowhat')\n" .. setup, 'pack/packer/opt/sowhat'),
    WORKS
  )
  t.equal(
    'an optional package, :packadd when a note is open already',
    outcome(
      "vim.api.nvim_create_autocmd('VimEnter', { callback = function() vim.cmd.packadd('sowhat')\n" .. setup .. 'end })',
      'pack/packer/opt/sowhat'
    ),
    WORKS
  )
  t.equal(
    'packer.nvim with ft: :packadd by the first note, then its type is told once more',
    outcome(
      [[vim.api.nvim_create_autocmd('FileType', { pattern = 'markdown', once = true, callback = function()
        vim.cmd.packadd('sowhat')
        require('sowhat').setup({ path = vim.env.SERVER })
        vim.schedule(function() vim.cmd('doautocmd FileType markdown') end)
      end })]],
      'pack/packer/opt/sowhat'
    ),
    WORKS
  )

  local path = 'lazy_load({ path = vim.env.SERVER })'
  local very_lazy = "vim.api.nvim_create_autocmd('VimEnter', { callback = vim.schedule_wrap(function() %s end) })"
  t.equal('lazy.nvim with lazy = false: in init.lua', outcome(LAZY .. path), WORKS)
  t.equal(
    'with no options: the program of the clone',
    outcome(LAZY .. 'lazy_load({})'),
    vim.tbl_extend('force', WORKS, {
      program = vim.uv.fs_realpath(vim.env.CLONE) .. '/target/release/sowhat',
    })
  )
  t.equal('with ft = "markdown"', outcome(LAZY .. 'lazy_load_by_type({ path = vim.env.SERVER })'), WORKS)
  t.equal('with event = "VeryLazy"', outcome(LAZY .. very_lazy:format(path)), WORKS)

  t.equal(
    'started by yourself: findings, words and hints, no command',
    outcome('vim.g.loaded_sowhat = 1\n' .. setup .. "vim.lsp.enable('sowhat')", 'pack/any/start/sowhat'),
    vim.tbl_extend('force', WORKS, { command = false, mapping = false })
  )
  t.equal(
    'without words and hints for who wants none',
    outcome(
      "require('sowhat').setup({ path = vim.env.SERVER, diagnostics = false, hints = false })",
      'pack/any/start/sowhat'
    ),
    vim.tbl_extend('force', WORKS, { words = false, hints = false })
  )
end)
