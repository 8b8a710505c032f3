-- Where the program comes from, and what is said when there is none.
local t = require('harness')

--- A program that can be run, at this path.
local function program(path)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  t.write(path, '#!/bin/sh\necho sowhat 0\n')
  assert(vim.uv.fs_chmod(path, tonumber('755', 8)))
  return path
end

local function said()
  return vim.split(vim.api.nvim_exec2('messages', { output = true }).output, '\n', { trimempty = true })
end

local function health()
  vim.cmd('silent checkhealth sowhat')
  local text = table.concat(t.lines(), '\n')
  vim.cmd('silent bwipeout!')
  return text
end

t.run(function()
  local clone, sowhat = vim.env.CLONE, require('sowhat')
  local built = clone .. '/target/release/sowhat'
  local real = assert(vim.uv.fs_realpath(built))

  -- None at all.
  assert(os.remove(built))
  vim.env.PATH = clone .. '/bin:/usr/bin:/bin'
  t.open('one.md', '## Goals\n')
  t.open('two.md', '## Goals\n')
  vim.wait(200)
  local messages = vim.tbl_filter(function(line)
    return line:find('sowhat', 1, true) ~= nil and line:find('.md', 1, true) == nil
  end, said())
  t.equal('no program: said once for two notes', #messages, 1)
  t.check('and what to do', (messages[1] or ''):find('cargo install', 1, true) ~= nil, messages[1])
  t.check(':checkhealth names the places', health():find(built, 1, true) ~= nil, health())

  -- The order.
  local on_path = program(clone .. '/bin/sowhat')
  t.equal('found on the PATH', sowhat.program(), on_path)
  program(built)
  t.equal("before it, this clone's build", sowhat.program(), vim.uv.fs_realpath(clone) .. '/target/release/sowhat')
  program(vim.env.PLUGIN .. '/bin/sowhat')
  t.equal('before it, one beside the plugin', sowhat.program(), vim.uv.fs_realpath(clone) .. '/editors/nvim/bin/sowhat')
  sowhat.setup({ path = real })
  t.equal("before all, the user's own", sowhat.program(), real)
  t.check(':checkhealth names it', health():find(real, 1, true) ~= nil, health())
  t.open('three.md', '## Goals\n')
  t.check('and it starts', t.client() ~= nil)

  sowhat.setup({ path = '/nowhere/sowhat' })
  t.equal("the user's own is never replaced by another", sowhat.program(), nil)
  t.check('not found: its path is named', sowhat.help():find('/nowhere/sowhat', 1, true) ~= nil)
  vim.lsp.config('sowhat', { cmd = { real, 'server' } })
  t.check('the command of vim.lsp.config() wins over both', sowhat.can_start())
end)
