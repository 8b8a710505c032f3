-- What a rep sees and does, in a terminal. `UPDATE_EXPECT=1` writes the picture of the manual anew.
local t = require('harness')
local screen = require('screen')

local root = vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)):match('^(.*)/tests/editors/')
local MISSED = "What happens if you don't hit that goal?"
local KEYS = "vim.keymap.set({ 'n', 'i' }, '<C-g>', '<Plug>(sowhat-ask)')"

local function note(name, bytes)
  local path = vim.fs.joinpath(vim.uv.cwd(), 'notes', name)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  t.write(path, bytes)
  return path
end

--- Shows the picture of docs/images to be what is on the screen.
local function picture()
  local bytes = t.read(root .. '/examples/2026-09-22-pennyfold-bakeries.md')
  local path = note('2026-09-22-pennyfold-bakeries.md', bytes)
  local nvim = screen.start('2026-09-22-pennyfold-bakeries.md', {
    folder = vim.fs.dirname(path),
    columns = 110,
    lines = 22,
    init = 'vim.o.linebreak = true',
  })
  nvim:shows('this year why?')
  nvim:shows('I Also') -- the sign of its findings, which may come behind the hints
  nvim:types(':3Sowhat next<CR>')
  t.check('the words come with the cursor', nvim:shows('No realism.'))
  nvim:settles()
  local lines = vim.tbl_filter(function(line)
    return line ~= '~' and not vim.startswith(line, ':')
  end, nvim:lines())
  local file = root .. '/docs/images/neovim.txt'
  local seen = table.concat(lines, '\n') .. '\n'
  if vim.env.UPDATE_EXPECT then
    t.write(file, seen)
  end
  t.equal("the manual's picture is what is on the screen", seen, t.read(file))
  nvim:leaves()
end

--- Opens a note, asks about its goal, answers, all by keys; the bytes that are on disk in the end.
local function answered(name, bytes)
  local path = note(name, bytes)
  local nvim = screen.start(path, { init = KEYS .. '\nvim.o.fixendofline = false' })
  t.check(
    name .. ': a hint stands behind the goal',
    nvim:shows('Cut churn to 5% by June why? · if missed? · vs last year?')
  )
  nvim:types('/Cut<CR>A<C-g>')
  t.check(name .. ': the questions are a menu', nvim:shows('2: ' .. MISSED))
  nvim:types('2<CR>')
  t.check(name .. ': the question comes below the goal', nvim:shows('  - ' .. MISSED))
  nvim:types('35 people lose their jobs')
  t.check(name .. ': one types on behind it', nvim:shows(MISSED .. ' 35 people lose their jobs'))
  t.check(name .. ': the hint gets shorter', nvim:shows('Cut churn to 5% by June why? · vs last year?'))
  t.check(name .. ': no error is shown', nvim:text():find('E%d+:') == nil, nvim:text())
  t.equal(name .. ': and Neovim leaves', nvim:leaves(), 0)
  return t.read(path)
end

--- What the commands open can be read and closed, and nothing has to be clicked away.
local function windows()
  local path = note('windows.md', '## Goals\n\n- Cut churn to 5% by June\n')
  t.write(vim.fs.dirname(path) .. '/sowhat.toml', '')
  local nvim = screen.start('windows.md', { folder = vim.fs.dirname(path) })
  nvim:shows('W - Cut')
  nvim:types(':Sowhat report<CR>')
  t.check(
    'the report is a list below the note',
    nvim:shows('windows.md|3 col 3 warning| No importance. Ask: “Is this an important target? Why or why not?”')
  )
  t.check('with how many they are', nvim:shows('sowhat: 3 open questions in 1 note'))
  t.check('and no key has to be pressed first', nvim:shows('Press ENTER', true))
  nvim:types(':cclose<CR>:Sowhat explain realism-missing<CR>')
  t.check('an explanation lies over the note', nvim:shows('realism-missing  (warning;'))
  nvim:types('q')
  t.check('until `q`', nvim:shows('realism-missing  (warning;', true))
  nvim:leaves()
end

t.run(function()
  windows()
  vim.fn.delete('notes', 'rf')
  picture()

  local answer = '  - ' .. MISSED .. ' 35 people lose their jobs'
  t.equal(
    'a note without a last line end keeps having none',
    answered('no_end.md', '## Goals\n\n- Cut churn to 5% by June'),
    '## Goals\n\n- Cut churn to 5% by June\n' .. answer
  )
  t.equal(
    'CRLF stays CRLF',
    answered('crlf.md', '## Goals\r\n\r\n- Cut churn to 5% by June\r\n\r\nBye\r\n'),
    '## Goals\r\n\r\n- Cut churn to 5% by June\r\n' .. answer .. '\r\n\r\nBye\r\n'
  )
  t.equal(
    'an emoji of seven code points before the goal moves nothing',
    answered('emoji.md', '## Goals 👩‍👩‍👧‍👦\n\n- 👩‍👩‍👧‍👦 Cut churn to 5% by June\n'),
    '## Goals 👩‍👩‍👧‍👦\n\n- 👩‍👩‍👧‍👦 Cut churn to 5% by June\n' .. answer .. '\n'
  )
end)
