--- `:checkhealth sowhat`
local M = {}

local health = vim.health

--- The program that starts, or where it was looked for.
local function check_program()
  local sowhat = require('sowhat')
  local cmd = vim.lsp.config.sowhat.cmd
  local program, why = sowhat.program()
  if type(cmd) == 'table' then
    program, why = cmd[1], "cmd in vim.lsp.config('sowhat', …)"
  end
  if program and vim.fn.executable(program) == 1 then
    local run = vim.system({ program, '--version' }, { text = true }):wait(5000)
    if run.code == 0 then
      health.ok(('%s: %s (%s)'):format(vim.trim(run.stdout), program, why))
    else
      health.error(('%s (%s) does not run: %s'):format(program, why, vim.trim(run.stderr)))
    end
    return
  end
  health.error(sowhat.help())
  for _, place in ipairs(sowhat.places()) do
    health.info(('looked for: %s (%s)'):format(place.path ~= '' and place.path or 'sowhat', place.why))
  end
end

--- What runs, and whose settings it goes by.
local function check_clients()
  if vim.lsp.is_enabled('sowhat') then
    health.ok('starts on markdown notes')
  else
    health.warn('not enabled', { "vim.lsp.enable('sowhat')" })
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'sowhat' })) do
    local notes = vim.tbl_count(client.attached_buffers)
    local root = client.root_dir or vim.uv.cwd()
    local settings = vim.fs.joinpath(root, 'sowhat.toml')
    health.info(
      ('running for %d open %s, root %s'):format(notes, notes == 1 and 'note' or 'notes', client.root_dir or '-')
    )
    health.info(
      vim.uv.fs_stat(settings) and 'settings: ' .. settings or ('settings: no sowhat.toml in %s'):format(root)
    )
  end
end

--- What can be seen of it.
local function check_look()
  local options, global = require('sowhat').options(), vim.diagnostic.config() or {}
  if not options.diagnostics then
    health.info('findings: as all others, by `diagnostics = false` in setup()')
  elseif global.virtual_text or global.virtual_lines then
    health.info('findings: as all others, since vim.diagnostic.config() shows virtual text or lines')
  else
    health.info('findings: words below the line that the cursor is on, or as `diagnostics` in setup() says')
  end
  health.info(
    'inlay hints: ' .. (options.hints and 'switched on in notes' or 'left alone, by `hints = false` in setup()')
  )
end

function M.check()
  health.start('sowhat')
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim 0.11 or later is needed')
    return
  end
  check_program()
  check_clients()
  check_look()
end

return M
