--- Another Neovim in a terminal, as a person has it: keys go in, the screen is read. The terminal is Neovim's own, so nothing
--- has to be installed for it.
local M = {}
M.__index = M

--- Starts Neovim on a file.
---@param path string
---@param options? { folder?: string, columns?: integer, lines?: integer, init?: string } `init`: an init.lua's text
function M.start(path, options)
  options = options or {}
  vim.o.laststatus, vim.o.cmdheight, vim.o.showtabline = 0, 0, 0
  vim.o.columns, vim.o.lines = options.columns or 100, options.lines or 24
  local init = vim.fn.tempname() .. '.lua'
  vim.fn.writefile(vim.split('vim.o.swapfile = false\n' .. (options.init or ''), '\n'), init)
  vim.cmd('silent only')
  local self = setmetatable({ bufnr = vim.api.nvim_create_buf(false, true) }, M)
  vim.api.nvim_win_set_buf(0, self.bufnr)
  self.job = vim.fn.jobstart(
    { vim.v.progpath, '-i', 'NONE', '-u', init, path },
    { term = true, cwd = options.folder, env = { NVIM = '' } }
  )
  return self
end

--- The lines on the screen, without the blanks at their ends.
---@return string[]
function M:lines()
  local lines = vim.api.nvim_buf_get_lines(self.bufnr, 0, -1, false)
  return vim.tbl_map(function(line)
    return (line:gsub('%s+$', ''))
  end, lines)
end

function M:text()
  return table.concat(self:lines(), '\n')
end

--- Waits until the screen shows this, or (`gone`) no longer does; says whether it came to that.
---@param wanted string
---@param gone? boolean
---@return boolean
function M:shows(wanted, gone)
  local shown = vim.wait(10000, function()
    return (self:text():find(wanted, 1, true) == nil) == (gone or false)
  end, 10)
  return shown
end

--- Waits until nothing on the screen has changed for a while.
---@param calm_ms? integer
function M:settles(calm_ms)
  local text, since = self:text(), vim.uv.now()
  vim.wait(10000, function()
    if self:text() ~= text then
      text, since = self:text(), vim.uv.now()
    end
    return vim.uv.now() - since > (calm_ms or 800)
  end, 20)
end

--- Types keys, in Neovim's notation.
function M:types(keys)
  vim.api.nvim_chan_send(self.job, vim.keycode(keys))
end

--- Saves, leaves, and waits until that is done.
function M:leaves()
  self:types('<Esc>:wqall<CR>')
  return vim.fn.jobwait({ self.job }, 10000)[1]
end

return M
