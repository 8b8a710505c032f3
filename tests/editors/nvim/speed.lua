-- How long a note stands there without a word. The figures are of the build that the suites run, a debug build as a rule.
local t = require('harness')

--- Milliseconds from the moment at which a note can be seen until its first finding, and until its first hint.
local function waits(name)
  local shown
  vim.api.nvim_create_autocmd('BufReadPost', {
    once = true,
    callback = function()
      shown = vim.uv.hrtime()
    end,
  })
  t.open(name, t.read(vim.env.NOTES .. '/call.md'))
  local finding, hint
  local hints = vim.api.nvim_create_namespace('nvim.lsp.inlayhint')
  vim.wait(10000, function()
    local passed = (vim.uv.hrtime() - shown) / 1e6
    vim.cmd.redraw()
    finding = finding or #vim.diagnostic.get(0) > 0 and passed or nil
    hint = hint or #vim.api.nvim_buf_get_extmarks(0, hints, 0, -1, {}) > 0 and passed or nil
    return finding ~= nil and hint ~= nil
  end, 2)
  return finding or math.huge, hint or math.huge
end

t.run(function()
  local function check(what, finding, hint)
    t.check(
      ('%s: first finding after %.0f ms, first hint after %.0f ms'):format(what, finding, hint),
      finding < 2000 and hint < 2000
    )
  end
  check('the first note, with the start of the server', waits('first.md'))
  local findings, hints = {}, {}
  for number = 1, 9 do
    findings[number], hints[number] = waits(('note%d.md'):format(number))
  end
  table.sort(findings)
  table.sort(hints)
  check('a further note (the middle of nine)', findings[5], hints[5])

  -- A statusline is drawn at every key.
  local start = vim.uv.hrtime()
  for _ = 1, 1000 do
    require('sowhat').status()
  end
  local microseconds = (vim.uv.hrtime() - start) / 1e6
  t.check(('status() takes %.1f µs'):format(microseconds), microseconds < 100)
end)
