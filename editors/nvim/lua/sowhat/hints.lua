--- Switches Neovim's own inlay hints on in notes, so that whatever a person has for hints works with these.
---
--- Neovim 0.11 remembers which lines it has drawn hints on, not which hints. What it is told of a line later, without an
--- edit in between, is never drawn: the hints that come when the server has read a note, or behind another server's answer
--- to the same edit. And until the server has answered, another one's answer draws our hints at their old places: behind
--- the end of a shortened line that is an error at every redraw (neovim#36318). Both are mended here, for our hints.
local M = {}

local method = 'textDocument/inlayHint'

--- Has Neovim draw whatever is new.
---@param client vim.lsp.Client
local function draw_always(client)
  local drawn = {} ---@type table<integer, string> by buffer, the last answer
  local default = client.handlers[method] or vim.lsp.handlers[method]
  client.handlers[method] = function(err, result, context)
    if client:is_stopped() then
      return -- asked by a refresh while it was leaving: no news for anybody
    end
    local answer = vim.json.encode(result)
    default(err, result, context)
    if drawn[context.bufnr] ~= answer then
      drawn[context.bufnr] = answer
      -- What a server says to have hints drawn anew. The answer to that is the same, so it ends there.
      vim.lsp.handlers['workspace/inlayHint/refresh'](nil, nil, { client_id = client.id })
    end
  end
end

--- Keeps our hints within their lines from a change until the server has answered.
---@param bufnr integer
local function keep_inside(bufnr)
  vim.api.nvim_buf_attach(bufnr, false, {
    on_lines = function()
      local client = require('sowhat.client').of(bufnr)
      if not client then
        return true -- until one comes back
      elseif #vim.lsp.get_clients({ bufnr = bufnr, method = method }) == 1 then
        return
      end
      for _, drawn in ipairs(vim.lsp.inlay_hint.get({ bufnr = bufnr })) do
        if drawn.client_id == client.id then
          local place = drawn.inlay_hint.position -- Neovim's own table: what it draws from
          local line = vim.api.nvim_buf_get_lines(bufnr, place.line, place.line + 1, false)[1] or ''
          place.character = math.min(place.character, #line)
        end
      end
    end,
  })
end

--- For the notes that this server is about to see.
---@param client vim.lsp.Client
function M.switch_on(client)
  draw_always(client)
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('sowhat.hints', {}),
    callback = function(event)
      if assert(vim.lsp.get_client_by_id(event.data.client_id)).name == 'sowhat' then
        vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
        keep_inside(event.buf)
      end
    end,
  })
end

return M
