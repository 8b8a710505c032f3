-- `:Sowhat report`: every open question of the workspace in the quickfix list.
local t = require('harness')

local WHY = 'No importance. Ask: “Is this an important target? Why or why not?”'
local MISSED = "No cost of inaction. Ask: “What happens if you don't hit that goal?”"
local LAST_YEAR = "No realism. Ask: “How does that target compare to last year's performance?”"

local folder, said

local function write(name, bytes)
  local path = vim.fs.joinpath(folder, name)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  t.write(path, bytes)
end

--- Runs the report to its end; what it says last.
local function report()
  said()
  vim.cmd('Sowhat report')
  local last
  vim.wait(30000, function()
    for _, text in ipairs(said()) do
      last = text
    end
    return last ~= nil and last:find('looking', 1, true) == nil
  end, 10)
  return last
end

--- The list, as "FILE|LINE col COLUMN TYPE| TEXT".
local function entries()
  return vim.tbl_map(function(entry)
    local name = vim.fn.fnamemodify(vim.fn.bufname(entry.bufnr), ':t')
    return ('%s|%d col %d %s| %s'):format(name, entry.lnum, entry.col, entry.type, entry.text)
  end, vim.fn.getqflist())
end

local function of(place)
  return { place .. WHY, place .. MISSED, place .. LAST_YEAR }
end

local function flat(...)
  return vim.iter({ ... }):flatten():totable()
end

--- The longest time for which no key would have been taken, while `run` runs.
local function longest_stall(run)
  local longest, last = 0, vim.uv.hrtime()
  local timer = assert(vim.uv.new_timer())
  timer:start(
    0,
    5,
    vim.schedule_wrap(function()
      longest, last = math.max(longest, vim.uv.hrtime() - last), vim.uv.hrtime()
    end)
  )
  run()
  timer:close()
  return longest / 1e6
end

local function thousands()
  for number = 1, 3000 do
    write(('accounts/%04d.md'):format(number), '# Call\n\n## Goals\n\n- Cut churn to 5% by June\n')
  end
  local start, text = vim.uv.hrtime(), nil
  local stall = longest_stall(function()
    text = report()
  end)
  local seconds = (vim.uv.hrtime() - start) / 1e9
  t.equal('3,000 notes', text, 'sowhat: 9008 open questions in 3004 notes')
  t.check(
    ('take %.1f s, in which no key waits longer than %.0f ms'):format(seconds, stall),
    stall < 1500,
    ('%.0f ms'):format(stall)
  )
end

t.run(function()
  said = t.listen()
  folder = vim.fs.joinpath(vim.uv.cwd(), 'notes')
  write('sowhat.toml', '')
  write('a.md', '## Goals\r\n\r\n- 👩‍👩‍👧‍👦 Increase revenue 20% YoY\r\n')
  write('b.md', '\239\187\191Goal: cut churn to 5% by June') -- behind a byte order mark, which Neovim takes away
  write('deep/c.md', '# Hooli\n\n## Goals\n\n- Open 12 stores by May\n  - Why: the board promised it to the lenders\n')
  write('d.md', '# Nothing\n\nBye.\n')
  write('deep/e.txt', '## Goals\n\n- Cut churn to 5% by June\n')

  vim.cmd.edit(folder .. '/d.md')
  t.client()
  t.equal('all notes of the folder are looked at', report(), 'sowhat: 8 open questions in 4 notes')
  local c = 'c.md|5 col 3 W| '
  local disk = flat(of('a.md|3 col 29 W| '), of('b.md|1 col 7 W| '), { c .. MISSED, c .. LAST_YEAR })
  t.equal('the list has every open question, at its goal', entries(), disk)
  t.equal('its window is open', vim.bo.buftype, 'quickfix')
  t.equal('its title says what it is', vim.w.quickfix_title, 'Open questions in ' .. vim.fn.fnamemodify(folder, ':~'))
  vim.cmd('cfirst')
  t.equal(
    'an entry leads to its goal, behind the emoji',
    vim.api.nvim_get_current_line():sub(vim.fn.col('.')),
    'Increase revenue 20% YoY'
  )
  t.equal('the line ends are as they were', vim.bo.fileformat, 'dos')

  -- An open note beats the disk, from the first keystroke on.
  vim.cmd('cclose')
  t.client()
  t.becomes('the open note has its findings', 3, function()
    return #vim.diagnostic.get(0)
  end)
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'One more line' })
  vim.wait(1500)
  report()
  t.equal(
    'unsaved, a note is taken as it is on the screen',
    entries(),
    flat(of('a.md|4 col 29 W| '), of('b.md|1 col 7 W| '), { c .. MISSED, c .. LAST_YEAR })
  )
  vim.cmd('cclose | silent undo')
  report()
  t.equal('undone, as it is on the disk', entries(), disk)
  vim.cmd('cclose')

  thousands()

  vim.fn.delete(folder .. '/accounts', 'rf')
  write('sowhat.toml', 'qualifiers = []\n')
  t.equal('where nothing is open, it says so', report(), 'sowhat: no open question in 4 notes')
  t.equal('and the list is empty', entries(), {})
  write('sowhat.toml', 'no such line\n')
  t.check('broken settings are told', (report() or ''):find('sowhat.toml', 1, true) ~= nil)
end)
