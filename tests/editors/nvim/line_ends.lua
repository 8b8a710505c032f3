-- A note keeps its own line ends when a question is put into it.
local t = require('harness')

local ASK = "What happens if you don't hit that goal?"

--- Opens these bytes, asks about the goal on `line`, saves, and returns the bytes on disk.
local function asked(name, bytes, line)
  local path = t.open(name, bytes)
  t.client()
  t.becomes(name .. ': findings', t.open_goal(line, 'Cut churn to 5% by June'), t.findings)
  local title = vim.iter(t.offered(line, 4)):find(function(offered)
    return offered:find(ASK, 1, true) ~= nil
  end)
  t.check(name .. ': the quick fix changes the note', title ~= nil and t.quick_fix(line, 4, title))
  vim.bo.fixendofline = false -- else Neovim itself adds the last line end
  vim.cmd('silent write')
  return (t.read(path):gsub(' +(\r?\n)', '%1'):gsub(' +$', '')) -- a blank behind the question is for the answer
end

t.run(function()
  t.equal(
    'CRLF stays CRLF',
    asked('crlf.md', '## Goals\r\n\r\n- Cut churn to 5% by June\r\n\r\nBye\r\n', 3),
    '## Goals\r\n\r\n- Cut churn to 5% by June\r\n  - ' .. ASK .. '\r\n\r\nBye\r\n'
  )
  t.equal(
    'a missing last line end stays missing, and no blank line comes in',
    asked('no_end.md', '## Goals\n\n- Cut churn to 5% by June', 3),
    '## Goals\n\n- Cut churn to 5% by June\n  - ' .. ASK
  )
  t.equal(
    'a goal on the last line',
    asked('last.md', '## Goals\n\n- Cut churn to 5% by June\n', 3),
    '## Goals\n\n- Cut churn to 5% by June\n  - ' .. ASK .. '\n'
  )
end)
