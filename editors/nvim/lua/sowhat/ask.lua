--- Puts the questions of a goal into the note, and the cursor to where the answer goes.
local M = {}

local our = require('sowhat.client')

---@class sowhat.Asker Who asks, and where.
---@field client vim.lsp.Client
---@field bufnr integer
---@field window integer
---@field changedtick integer
---@field inserting boolean

---@return sowhat.Asker?
local function asker_here()
  local bufnr, client = vim.api.nvim_get_current_buf(), our.of()
  if not client then
    our.say('not running in this buffer; :checkhealth sowhat says more', vim.log.levels.WARN)
    return
  end
  return {
    client = client,
    bufnr = bufnr,
    window = vim.api.nvim_get_current_win(),
    changedtick = vim.api.nvim_buf_get_changedtick(bufnr),
    inserting = vim.startswith(vim.api.nvim_get_mode().mode, 'i'),
  }
end

--- Sends a request about the note.
---@param asker sowhat.Asker
---@param method string
---@param params table
---@param done fun(result: table)
local function request(asker, method, params, done)
  params.textDocument = { uri = vim.uri_from_bufnr(asker.bufnr) }
  asker.client:request(method, params, function(err, result)
    if err then
      our.say(err.message, vim.log.levels.ERROR)
    else
      done(result or {})
    end
  end, asker.bufnr)
end

--- The actions that ask about the first goal in a range.
---@param asker sowhat.Asker
---@param range lsp.Range
---@param done fun(asks: lsp.CodeAction[])
local function questions(asker, range, done)
  local context = { diagnostics = {}, only = { 'quickfix' }, triggerKind = 1 }
  request(asker, 'textDocument/codeAction', { range = range, context = context }, function(actions)
    local goal ---@type lsp.Range?
    done(vim.tbl_filter(function(action)
      if not vim.startswith(action.title, 'Ask') then
        return false -- it silences
      end
      local about = action.diagnostics[1].range
      goal = goal or about
      return vim.deep_equal(about, goal)
    end, actions))
  end)
end

--- The whole of a line.
---@param asker sowhat.Asker
---@param line integer
---@return lsp.Range
local function line_range(asker, line)
  local text = vim.api.nvim_buf_get_lines(asker.bufnr, line, line + 1, false)[1] or ''
  local length = vim.str_utfindex(text, asker.client.offset_encoding)
  return { start = { line = line, character = 0 }, ['end'] = { line = line, character = length } }
end

--- The line of the goal that the text at a line belongs to: a goal folds with what stands below it.
---@param asker sowhat.Asker
---@param line integer
---@param done fun(line: integer?)
local function goal_above(asker, line, done)
  request(asker, 'textDocument/foldingRange', {}, function(folds)
    local goal ---@type integer?
    for _, fold in ipairs(folds) do
      if fold.startLine < line and line <= fold.endLine then
        goal = math.max(goal or 0, fold.startLine)
      end
    end
    done(goal)
  end)
end

--- Finds what can be asked: at the cursor, else on its line, else about the goal below which it stands.
---@param asker sowhat.Asker
---@param done fun(asks: lsp.CodeAction[])
local function find_questions(asker, done)
  local cursor = vim.lsp.util.make_position_params(asker.window, asker.client.offset_encoding).position
  questions(asker, { start = cursor, ['end'] = cursor }, function(at_cursor)
    if #at_cursor > 0 then
      return done(at_cursor)
    end
    questions(asker, line_range(asker, cursor.line), function(on_line)
      if #on_line > 0 then
        return done(on_line)
      end
      goal_above(asker, cursor.line, function(line)
        if line then
          questions(asker, line_range(asker, line), done)
        else
          done({})
        end
      end)
    end)
  end)
end

--- The edits of an action, and the one that comes first in the note.
---@param action lsp.CodeAction
---@return lsp.TextEdit[] edits
---@return lsp.TextEdit first
local function edits_of(action)
  local edit = assert(action.edit)
  local edits = edit.documentChanges and edit.documentChanges[1].edits or select(2, next(edit.changes))
  local first = edits[1]
  for _, other in ipairs(edits) do
    local a, b = other.range.start, first.range.start
    if a.line < b.line or a.line == b.line and a.character < b.character then
      first = other
    end
  end
  return edits, first
end

--- Whether the note is still as it was when the server was asked; says so if not.
---@param asker sowhat.Asker
local function is_fresh(asker)
  if not vim.api.nvim_buf_is_valid(asker.bufnr) then
    return false
  end
  local fresh = vim.api.nvim_buf_get_changedtick(asker.bufnr) == asker.changedtick
  if not fresh then
    our.say('the note has changed meanwhile; ask again')
  end
  return fresh
end

--- Puts the cursor behind the byte `col` of a row: in Insert mode, or onto the character before it.
---@param asker sowhat.Asker
---@param row integer 1-based
---@param col integer
---@param insert boolean
local function place_cursor(asker, row, col, insert)
  if not vim.api.nvim_win_is_valid(asker.window) or vim.api.nvim_win_get_buf(asker.window) ~= asker.bufnr then
    return
  end
  vim.api.nvim_set_current_win(asker.window)
  if insert and not vim.startswith(vim.api.nvim_get_mode().mode, 'i') then
    local line = vim.api.nvim_buf_get_lines(asker.bufnr, row - 1, row, false)[1]
    vim.cmd(col >= #line and 'startinsert!' or 'startinsert')
  end
  vim.api.nvim_win_set_cursor(asker.window, { row, insert and col or math.max(col - 1, 0) })
end

--- Puts what was chosen into the note. The cursor goes behind the first question, with a blank between them where the
--- answer is typed at once.
---@param asker sowhat.Asker
---@param action lsp.CodeAction
local function put(asker, action)
  if not is_fresh(asker) then
    return
  end
  local edits, edit = edits_of(action)
  local insert = asker.inserting or require('sowhat').options().startinsert
  -- Behind a question stand line ends and the marks of quotes only.
  local question, behind = edit.newText:match('^(.-)([\r\n> ]*)$')
  question = insert and question .. ' ' or question
  edit.newText = question .. behind

  local lines = vim.split(question:gsub('\r\n?', '\n'), '\n', { plain = true })
  local start, encoding = edit.range.start, asker.client.offset_encoding
  local text = vim.api.nvim_buf_get_lines(asker.bufnr, start.line, start.line + 1, false)[1] or ''
  local col = #lines == 1 and vim.str_byteindex(text, encoding, start.character, false) or 0
  vim.lsp.util.apply_text_edits(edits, asker.bufnr, encoding)
  place_cursor(asker, start.line + #lines, col + #lines[#lines], insert)
end

--- Asks about the goal at the cursor: what a person chooses where there is a choice.
---@param first boolean Asks the first question without a choice.
function M.goal(first)
  local asker = asker_here()
  if not asker then
    return
  end
  find_questions(asker, function(asks)
    if #asks == 0 then
      our.say('nothing to ask here')
    elseif #asks == 1 or first then
      put(asker, asks[1])
    else
      vim.ui.select(asks, {
        prompt = 'Ask about this goal:',
        kind = 'sowhat',
        format_item = function(action)
          return action.title:match('^Ask: "(.*)"$') or action.title
        end,
      }, function(action)
        if action then
          put(asker, action)
        end
      end)
    end
  end)
end

--- Asks everything that the note misses. The cursor stays with its text.
function M.note()
  local asker = asker_here()
  if not asker then
    return
  end
  local context = { diagnostics = {}, only = { 'source.fixAll.sowhat' }, triggerKind = 1 }
  local range = line_range(asker, 0)
  request(asker, 'textDocument/codeAction', { range = range, context = context }, function(actions)
    if #actions == 0 then
      our.say('nothing to ask in this note')
    elseif is_fresh(asker) then
      local edits = edits_of(actions[1])
      vim.lsp.util.apply_text_edits(edits, asker.bufnr, asker.client.offset_encoding)
      our.say(('asked %d %s'):format(#edits, #edits == 1 and 'question' or 'questions'))
    end
  end)
end

return M
