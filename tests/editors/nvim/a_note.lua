-- A rep opens a note, reads, asks, takes it back, types on, and leaves.
local t = require('harness')

local ASK = "What happens if you don't hit that goal?"
local REVENUE, CHURN = 'Increase revenue 20% YoY', 'Cut churn to 5% by June'

local function joined(...)
  return vim.iter({ ... }):flatten():totable()
end

t.run(function()
  local exited
  vim.lsp.config('sowhat', {
    on_exit = function(code, signal)
      exited = { code, signal }
    end,
  })

  t.open('call.md', t.read(vim.env.NOTES .. '/call.md'))
  local client = t.client()
  if not t.check('the server starts on a markdown note, with nothing set up', client ~= nil) then
    return
  end

  -- An emoji of seven code points stands before the first goal: a wrong unit would shift the span.
  local before = joined(t.open_goal(7, REVENUE), t.open_goal(8, CHURN))
  t.becomes('each finding lies on its goal, once', before, t.findings)
  local first = vim.diagnostic.get(0, { lnum = 6 })[1] or { col = 0, end_col = 0 }
  t.equal("Neovim's own columns say the same", t.lines()[7]:sub(first.col + 1, first.end_col), REVENUE)
  t.check(
    'each says what to ask, and names its source',
    vim.iter(vim.diagnostic.get(0)):all(function(finding)
      return finding.source == 'sowhat' and finding.message:find('Ask: ', 1, true) ~= nil
    end)
  )

  -- The words: on screen for the line under the cursor.
  vim.api.nvim_win_set_cursor(0, { 7, 30 })
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  t.check(
    'the words stand under the goal that the cursor is on',
    table.concat(t.virtual_lines()):find(ASK, 1, true) ~= nil
  )

  local text_before = t.lines()
  local title = vim.iter(t.offered(7, 30)):find(function(offered)
    return offered:find(ASK, 1, true) ~= nil
  end)
  t.check('the missing question is offered as a quick fix', title ~= nil, vim.inspect(t.offered(7, 30)))
  t.check('the quick fix changes the note', t.quick_fix(7, 30, title))
  local asked = vim.deepcopy(text_before)
  table.insert(asked, 8, '  - ' .. ASK)
  t.equal('the question stands below its goal, and nothing else changed', t.trimmed(), asked)
  t.becomes(
    'the finding becomes a question that is asked',
    joined(t.open_goal(7, REVENUE, { ['cost-of-inaction'] = 'asked' }), t.open_goal(9, CHURN)),
    t.findings
  )
  vim.cmd('silent undo')
  t.equal('one undo takes it back', t.lines(), text_before)
  t.becomes('and the findings return', before, t.findings)

  -- Typing: nothing else may flicker.
  vim.api.nvim_buf_set_lines(0, 3, 3, false, { '' })
  t.equal('typing above a goal loses no finding on the way', t.type(3, 0, 'Call number two'), 6)
  t.becomes('findings move with their goals', joined(t.open_goal(8, REVENUE), t.open_goal(9, CHURN)), t.findings)
  vim.api.nvim_buf_set_lines(0, 9, 9, false, { '' })
  t.equal('typing a goal loses no finding of another', t.type(9, 0, '- Grow headcount to 50'), 6)
  local three = joined(t.open_goal(8, REVENUE), t.open_goal(9, CHURN), t.open_goal(10, 'Grow headcount to 50'))
  t.becomes('the goal that was typed gets its findings', three, t.findings)
  vim.cmd('silent 10delete | silent 4delete')
  t.becomes('and all is as it was', before, t.findings)

  -- An editor asks for quick fixes in the very moment of a change; the findings must come all the same.
  vim.api.nvim_buf_set_lines(0, 3, 3, false, { 'One more line' })
  t.offered(8, 30)
  local moved = joined(t.open_goal(8, REVENUE), t.open_goal(9, CHURN))
  t.becomes('findings follow a change that a question comes right behind', moved, t.findings)
  vim.cmd('silent 4delete')
  t.becomes('and once more all is as it was', before, t.findings)

  -- Other markdown is left alone, other files are not even opened.
  t.open('readme.md', '# A program\n\n- Increase the font size\n')
  t.check('one server for all notes', t.client() == client)
  t.open('notes.txt', t.read(vim.env.NOTES .. '/call.md'))
  t.equal('no server on a file that is no markdown', vim.lsp.get_clients({ bufnr = 0 }), {})

  client:stop()
  t.becomes('the server leaves by itself, with code 0', { 0, 0 }, function()
    return exited
  end)
end)
