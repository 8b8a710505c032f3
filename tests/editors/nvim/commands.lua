-- `:Sowhat` and the <Plug> mappings: what a person asks with, and where that leaves them.
local t = require('harness')

local WHY = 'Is this an important target? Why or why not?'
local MISSED = "What happens if you don't hit that goal?"
local LAST_YEAR = "How does that target compare to last year's performance?"

-- The first and the last goal have everything open, the second has one question open, the third none.
local NOTE = [[
# Initech

Hello.

## Goals

- 👩‍👩‍👧‍👦 Increase revenue 20% YoY
- Open 12 stores by May
  - Why: the board promised it to the lenders in January
  - If missed: the bank calls in the loan of 4 million
- Hire 40 drivers by Easter
  - Why: two supermarket contracts are up for renewal in March
  - If missed: both contracts go to a competitor, 9 million a year
  - Last year: 35 hired in the same months
- Cut churn to 5% by June

Bye.
]]

local said

--- The cursor, as "LINE TEXT BEFORE|TEXT BEHIND".
local function cursor()
  local row, col = unpack(vim.api.nvim_win_get_cursor(0))
  local line = vim.api.nvim_get_current_line()
  return ('%d %s|%s'):format(row, line:sub(1, col), line:sub(col + 1))
end

local function go(row, col)
  vim.api.nvim_win_set_cursor(0, { row, col or 0 })
end

--- Runs this, waits until the note has changed, and returns the lines that came in.
local function added(run)
  local before = t.lines()
  run()
  vim.wait(3000, function()
    return #t.lines() > #before
  end, 10)
  local new = {}
  for number, line in ipairs(t.lines()) do
    if before[number - #new] ~= line then
      table.insert(new, line)
    end
  end
  return new
end

local function undo()
  vim.cmd('stopinsert')
  vim.cmd('silent undo')
end

--- What is said when this is run.
local function says(command)
  said()
  vim.cmd(command)
  local all = {}
  vim.wait(3000, function()
    all = vim.list_extend(all, said())
    return #all > 0
  end, 10)
  return all
end

local function from_goal_to_goal()
  go(1)
  vim.cmd('Sowhat next')
  t.equal(
    ':Sowhat next goes to the first goal, behind its emoji',
    cursor(),
    '7 - 👩‍👩‍👧‍👦 |Increase revenue 20% YoY'
  )
  vim.cmd('Sowhat next')
  t.equal('then to the next that has something open', cursor(), '8 - |Open 12 stores by May')
  vim.cmd('Sowhat next')
  t.equal('past the one that has all', cursor(), '15 - |Cut churn to 5% by June')
  vim.cmd('Sowhat next')
  t.equal('and around', vim.fn.line('.'), 7)
  vim.cmd('Sowhat previous')
  t.equal(':Sowhat previous goes back around', vim.fn.line('.'), 15)
  vim.cmd('2Sowhat previous')
  t.equal('with a count, that many', vim.fn.line('.'), 7)
  vim.cmd('5Sowhat next')
  t.equal('also more than there are', vim.fn.line('.'), 15)
  go(10, 3)
  vim.cmd('Sowhat previous')
  t.equal('from between two goals, back to the one before', vim.fn.line('.'), 8)
  vim.keymap.set({ 'n', 'o' }, ']g', '<Plug>(sowhat-next)')
  vim.keymap.set('n', '[g', '<Plug>(sowhat-previous)')
  go(1)
  t.press('2]g')
  t.equal('keys of your own take a count', vim.fn.line('.'), 8)
  t.press('[g')
  t.equal('both ways', vim.fn.line('.'), 7)
  t.press('``')
  t.equal('and `` leads back', vim.fn.line('.'), 8)
end

local function asking()
  go(7, 40)
  local menu = t.choose(MISSED)
  t.equal(
    ':Sowhat ask puts the question that was chosen below the goal',
    added(function()
      vim.cmd('Sowhat ask')
    end),
    { '  - ' .. MISSED }
  )
  t.equal('the menu has all of the goal, and of no other', menu(), {
    WHY,
    MISSED,
    'Could you hit it by simply doing more of what you already do? Why or why not?',
    LAST_YEAR,
    'Do you think it is attainable?',
    'Ask all 3 that this goal misses',
  })
  t.equal('the cursor is at its end: `A` types the answer', cursor(), '8   - ' .. MISSED:sub(1, -2) .. '|?')
  undo()

  go(15)
  t.equal(
    ':Sowhat! ask takes the first question',
    added(function()
      vim.cmd('Sowhat! ask')
    end),
    { '  - ' .. WHY }
  )
  undo()

  go(9, 8)
  menu = t.choose(LAST_YEAR)
  t.equal(
    'in the notes below a goal it asks about that goal',
    added(function()
      vim.cmd('Sowhat ask')
    end),
    { '  - ' .. LAST_YEAR }
  )
  t.equal('only what is open', menu(), { LAST_YEAR, 'Do you think it is attainable?' })
  undo()

  go(7)
  t.choose('Ask all 3 that this goal misses')
  t.equal(
    'all of a goal at once',
    added(function()
      vim.cmd('Sowhat ask')
    end),
    { '  - ' .. WHY, '  - ' .. MISSED, '  - ' .. LAST_YEAR }
  )
  t.equal('the cursor is behind the first', cursor(), '8   - ' .. WHY:sub(1, -2) .. '|?')
  undo()

  go(1)
  t.equal(':Sowhat ask all asks everything that the note misses', #added(function()
    vim.cmd('Sowhat ask all')
  end), 7)
  t.equal('and says so', said(), { 'sowhat: asked 7 questions' })
  undo()

  go(11)
  t.equal('nothing is asked about a goal that has all', says('Sowhat ask'), { 'sowhat: nothing to ask here' })
  go(3)
  t.equal('or where there is no goal', says('Sowhat ask'), { 'sowhat: nothing to ask here' })
end

local function explaining()
  t.becomes('undone, all is open again', 7, function()
    return #vim.diagnostic.get(0)
  end)
  go(8, 3)
  vim.cmd('Sowhat explain')
  local window = vim.api.nvim_get_current_win()
  t.check(':Sowhat explain opens a window and goes there', vim.api.nvim_win_get_config(window).relative ~= '')
  t.equal('it says what the finding at the cursor means', t.lines()[1]:match('^%S+'), 'realism-missing')
  t.press('q')
  t.check('`q` closes it', not vim.api.nvim_win_is_valid(window))
  t.equal('and the cursor is back on the goal', cursor(), '8 - O|pen 12 stores by May')
  go(7, 40)
  local menu = t.choose('cost-of-inaction-missing')
  vim.cmd('Sowhat explain')
  t.equal('of several, which one is a choice', menu(), {
    'importance-missing',
    'cost-of-inaction-missing',
    'realism-missing',
  })
  t.equal('that one is explained', t.lines()[1]:match('^%S+'), 'cost-of-inaction-missing')
  t.press('<Esc>')
  vim.cmd('Sowhat explain goal-doubtful')
  t.equal('any other by its code', t.lines()[1]:match('^%S+'), 'goal-doubtful')
  t.press('q')
  go(3)
  t.equal('where there is no finding it says so', says('Sowhat explain'), { 'sowhat: no finding here' })
  t.check(
    'a wrong code is told with the right one',
    says('Sowhat explain realism-mising')[1]:find('realism-missing', 1, true) ~= nil
  )
end

local function completing()
  local complete = function(line)
    return vim.fn.getcompletion(line, 'cmdline')
  end
  t.equal('completion offers what there is', complete('Sowhat '), { 'ask', 'explain', 'next', 'previous', 'report' })
  t.equal('what fits what was typed', complete('3Sowhat pr'), { 'previous' })
  t.equal('behind `ask`', complete('Sowhat ask '), { 'all' })
  t.equal('behind `explain` the codes that the program knows', complete('Sowhat explain realism-'), {
    'realism-missing',
    'realism-vague',
    'realism-asked',
    'realism-stretch',
  })
  t.equal('behind `next` nothing', complete('Sowhat next '), {})
  local wrong = {
    ['Sowhat aks'] = 'no `:Sowhat aks`; there are ask, explain, next, previous, report',
    ['Sowhat ask me'] = 'no `:Sowhat ask me`; there are `:Sowhat ask` and `:Sowhat ask all`',
    ['Sowhat next 2'] = 'too many words behind `:Sowhat next`',
    ['Sowhat! next'] = '`!` is for `:Sowhat! ask` only',
    ['3Sowhat report'] = '`:Sowhat report` takes no count',
  }
  for command, answer in vim.spairs(wrong) do
    t.equal(':' .. command .. ' is told what is wrong', says(command), { 'sowhat: ' .. answer })
  end
end

t.run(function()
  said = t.listen()
  t.open('initech.md', NOTE)
  t.client()
  t.becomes('seven questions are open', 7, function()
    return #vim.diagnostic.get(0)
  end)
  t.becomes('the statusline counts goals', '1 of 4 goals qualified', require('sowhat').status)
  from_goal_to_goal()
  asking()
  explaining()
  completing()

  go(15)
  require('sowhat').setup({ startinsert = true })
  t.choose(WHY)
  vim.cmd('Sowhat ask')
  t.becomes('with `startinsert` one is in Insert mode behind the question', { '16   - ' .. WHY .. ' |' }, function()
    return { cursor() }
  end)

  t.open('plan.md', '# Plan\n\nNothing to see.\n')
  t.client()
  t.equal('a note without goals has an empty status', require('sowhat').status(), '')
  t.equal('and nowhere to go', says('Sowhat next'), { 'sowhat: no goal with an open question' })
  t.equal('and nothing to ask', says('Sowhat ask all'), { 'sowhat: nothing to ask in this note' })
  t.open('plan.txt', 'text\n')
  t.equal('a file that is no note says so', says('Sowhat ask'), {
    'sowhat: not running in this buffer; :checkhealth sowhat says more',
  })
end)
