-- A note with another language server beside ours, one that has findings and hints of its own.
local t = require('harness')

local NOTE =
  '# Hooli\n\nA long line of prose to be cut.\n\n## Goals\n\n- Increase revenue 20% YoY\n- Cut churn to 5% by June\n'
local HINTS = 'why? · if missed? · vs last year?'

--- A server inside Neovim: a finding and a hint on the first line, and a hint at the end of the third. It answers after `delay_ms`.
local function fake_server(delay_ms)
  local lines = {}
  return function(dispatchers)
    local answers = {
      initialize = function()
        return {
          capabilities = { inlayHintProvider = true, textDocumentSync = { openClose = true, change = 1 } },
        }
      end,
      ['textDocument/inlayHint'] = function()
        return {
          { position = { line = 0, character = 2 }, label = '[theirs]' },
          { position = { line = 2, character = #(lines[3] or '') }, label = '[end]' },
        }
      end,
    }
    local closing, id = false, 0
    return {
      request = function(method, _, callback)
        id = id + 1
        local answer = answers[method] and answers[method]() or vim.NIL
        vim.defer_fn(function()
          callback(nil, answer)
        end, delay_ms)
        return true, id
      end,
      notify = function(method, params)
        local text = method == 'textDocument/didOpen' and params.textDocument.text
          or method == 'textDocument/didChange' and params.contentChanges[1].text
        if text then
          lines = vim.split(text, '\n')
          local start = { line = 0, character = 0 }
          dispatchers.notification('textDocument/publishDiagnostics', {
            uri = params.textDocument.uri,
            diagnostics = {
              { range = { start = start, ['end'] = start }, message = 'theirs', code = 'x-missing', source = 'other' },
            },
          })
        end
        return true
      end,
      is_closing = function()
        return closing
      end,
      terminate = function()
        closing = true
      end,
    }
  end
end

--- The hints of ours that Neovim has drawn, as "LINE TEXT", in the note's order. (Those of a server that answers last,
--- Neovim 0.11 does not always draw.)
local function drawn()
  vim.cmd.redraw()
  local namespace = vim.api.nvim_get_namespaces()['nvim.lsp.inlayhint']
  local all = vim.tbl_map(function(mark)
    local text = vim.iter(mark[4].virt_text):fold('', function(before, chunk)
      return before .. chunk[1]
    end)
    return ('%d %s'):format(mark[2] + 1, vim.trim(text))
  end, vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true }))
  return vim.tbl_filter(function(hint)
    return not hint:find('[', 1, true)
  end, all)
end

local function ours()
  return vim.tbl_filter(function(finding)
    return finding.source == 'sowhat'
  end, vim.diagnostic.get(0))
end

--- Plays a rep's minute with the other server answering before or after ours.
local function together(name, delay_ms)
  local both = { '7 ' .. HINTS, '8 ' .. HINTS }
  vim.lsp.config('other', { cmd = fake_server(delay_ms), filetypes = { 'markdown' } })
  vim.lsp.enable('other')
  t.open(name .. '.md', NOTE)
  t.client()
  t.becomes(name .. ': our hints are drawn, each once', both, drawn)
  t.becomes(name .. ': both have their findings, each once', { 6, 1 }, function()
    return { #ours(), #vim.diagnostic.get(0) - #ours() }
  end)
  t.becomes(name .. ': the status counts our goals', '0 of 2 goals qualified', require('sowhat').status)
  vim.api.nvim_win_set_cursor(0, { 8, 2 })
  vim.cmd('Sowhat next')
  t.equal(name .. ': :Sowhat next goes to our goals only', vim.fn.line('.'), 7)
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  t.equal(name .. ': the words are of our findings', #t.virtual_lines(), 3)

  -- A hint behind the end of a line is an error at every redraw (neovim#36318).
  vim.v.errmsg = ''
  vim.api.nvim_buf_set_text(0, 7, 5, 7, -1, { '' })
  local least = 9
  local deadline = vim.uv.now() + 1500
  while vim.uv.now() < deadline do
    vim.wait(5)
    least = math.min(least, #vim.tbl_filter(function(hint)
      return hint == '7 ' .. HINTS
    end, drawn()))
  end
  t.equal(name .. ': a line is shortened: no error', vim.v.errmsg, '')
  t.equal(name .. ': and the other goal has its hints all the time', least, 1)
  vim.cmd('silent undo')
  t.becomes(name .. ': undone, hints stand where they were', both, drawn)

  vim.api.nvim_buf_set_lines(0, 4, 4, false, { 'One more line', '' })
  t.becomes(name .. ': lines come in above: hints move along', { '9 ' .. HINTS, '10 ' .. HINTS }, drawn)
  vim.api.nvim_buf_set_lines(0, 2, 6, false, {})
  t.becomes(name .. ': lines above go: hints move along', { '5 ' .. HINTS, '6 ' .. HINTS }, drawn)
  t.equal(name .. ': still no error', vim.v.errmsg, '')

  vim.lsp.enable('other', false)
  vim.lsp.get_clients({ name = 'other' })[1]:stop(true)
  vim.cmd('silent bwipeout!')
end

t.run(function()
  together('the other answers first', 0)
  together('the other answers last', 120)
end)
