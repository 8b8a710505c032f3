--- `:checkhealth sowhat`
local M = {}

function M.check()
  local sowhat, health = require('sowhat'), vim.health

  health.start('sowhat')
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim 0.11 or later is needed')
    return
  end

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
  else
    health.error(sowhat.help())
    for _, place in ipairs(sowhat.places()) do
      health.info(('looked for: %s (%s)'):format(place.path ~= '' and place.path or 'sowhat', place.why))
    end
  end

  if vim.lsp.is_enabled('sowhat') then
    health.ok('starts on markdown notes')
  else
    health.warn('not enabled', { "vim.lsp.enable('sowhat')" })
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'sowhat' })) do
    local notes = vim.tbl_count(client.attached_buffers)
    health.info(('running for %d open %s, root %s'):format(notes, notes == 1 and 'note' or 'notes', client.root_dir or '-'))
  end
end

return M
