--- How many goals each note has and how many of them are qualified: asked of the server whenever its findings or the
--- text change, and remembered, so that a statusline can be drawn as often as it likes.
local M = {}

local our = require('sowhat.client')

---@class sowhat.Count
---@field goals integer
---@field qualified integer

local counts = {} ---@type table<integer, sowhat.Count> by buffer
local waiting = {} ---@type table<integer, boolean> buffers about which the server will be asked

--- Adds the goals of an outline to a count. A goal says of itself how many of its questions are answered.
---@param symbols lsp.DocumentSymbol[]
---@param count sowhat.Count
---@return sowhat.Count
local function add(symbols, count)
  for _, symbol in ipairs(symbols) do
    local answered, of = (symbol.detail or ''):match('^(%d+) of (%d+)')
    if symbol.kind == vim.lsp.protocol.SymbolKind.Event then
      count.goals = count.goals + 1
      count.qualified = count.qualified + (answered == of and 1 or 0)
    end
    add(symbol.children or {}, count)
  end
  return count
end

---@param bufnr integer
---@param count sowhat.Count?
local function remember(bufnr, count)
  if not vim.deep_equal(counts[bufnr], count) then
    counts[bufnr] = count
    vim.cmd.redrawstatus({ bang = true })
  end
end

--- Counts soon, and once for all that happens until then.
---@param bufnr integer
local function count_soon(bufnr)
  if waiting[bufnr] then
    return
  end
  waiting[bufnr] = true
  vim.defer_fn(function()
    waiting[bufnr] = nil
    local client = vim.api.nvim_buf_is_valid(bufnr) and our.of(bufnr)
    if not client then
      return
    end
    local note = { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }
    client:request('textDocument/documentSymbol', note, function(_, outline)
      if outline and client.attached_buffers[bufnr] then
        remember(bufnr, add(outline, { goals = 0, qualified = 0 }))
      end
    end, bufnr)
  end, 50)
end

--- Keeps the counts of all notes up to date.
function M.follow()
  local group = vim.api.nvim_create_augroup('sowhat.count', {})
  vim.api.nvim_create_autocmd({ 'DiagnosticChanged', 'LspNotify' }, {
    group = group,
    callback = function(event)
      local told = event.event == 'LspNotify' and event.data.method or nil
      if not told or told == 'textDocument/didOpen' or told == 'textDocument/didChange' then
        count_soon(event.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('LspDetach', {
    group = group,
    callback = function(event)
      if assert(vim.lsp.get_client_by_id(event.data.client_id)).name == 'sowhat' then
        remember(event.buf, nil)
      end
    end,
  })
end

---@param bufnr? integer
---@return string
function M.status(bufnr)
  local count = counts[(bufnr or 0) ~= 0 and bufnr or vim.api.nvim_get_current_buf()]
  if not count or count.goals == 0 then
    return ''
  end
  return ('%d of %d %s qualified'):format(count.qualified, count.goals, count.goals == 1 and 'goal' or 'goals')
end

return M
