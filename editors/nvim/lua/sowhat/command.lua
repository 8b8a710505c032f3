--- `:Sowhat` and what stands behind it.
local M = {}

---@alias sowhat.CommandArgs vim.api.keyset.create_user_command.command_args

---@class sowhat.Subcommand
---@field run fun(argument: string?, command: sowhat.CommandArgs)
---@field arguments? fun(): string[] What can stand behind it; without this, nothing.
---@field bang? boolean
---@field count? boolean

---@type table<string, sowhat.Subcommand>
local subcommands = {
  ask = {
    run = function(argument, command)
      if argument == 'all' then
        require('sowhat.ask').note()
      else
        require('sowhat.ask').goal(command.bang)
      end
    end,
    arguments = function()
      return { 'all' }
    end,
    bang = true,
  },
  next = {
    run = function(_, command)
      require('sowhat.goals').jump(math.max(command.count, 1))
    end,
    count = true,
  },
  previous = {
    run = function(_, command)
      require('sowhat.goals').jump(-math.max(command.count, 1))
    end,
    count = true,
  },
  report = {
    run = function()
      require('sowhat.report').run()
    end,
  },
  explain = {
    run = function(argument)
      if argument then
        require('sowhat.explain').show(argument)
      else
        require('sowhat.explain').here()
      end
    end,
    arguments = function()
      return require('sowhat.explain').codes()
    end,
  },
}

--- All subcommands, in alphabetical order.
---@return string[]
function M.names()
  local names = vim.tbl_keys(subcommands)
  table.sort(names)
  return names
end

--- What is wrong with a command line, if anything.
---@param command sowhat.CommandArgs
---@return string?
local function fault(command)
  local name, argument, more = unpack(command.fargs)
  local subcommand = subcommands[name]
  if not subcommand then
    return ('no `:Sowhat %s`; there are %s'):format(name, table.concat(M.names(), ', '))
  elseif more or argument and not subcommand.arguments then
    return ('too many words behind `:Sowhat %s`'):format(name)
  elseif name == 'ask' and argument and argument ~= 'all' then
    return ('no `:Sowhat ask %s`; there are `:Sowhat ask` and `:Sowhat ask all`'):format(argument)
  elseif command.bang and (not subcommand.bang or argument) then
    return '`!` is for `:Sowhat! ask` only'
  elseif command.count > 0 and not subcommand.count then
    return ('`:Sowhat %s` takes no count'):format(name)
  end
end

---@param command sowhat.CommandArgs
function M.run(command)
  local wrong = fault(command)
  if wrong then
    require('sowhat.client').say(wrong, vim.log.levels.ERROR)
  else
    subcommands[command.fargs[1]].run(command.fargs[2], command)
  end
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local words = vim.split(line:gsub('^.-Sowhat!?%s+', ''), '%s+')
  local subcommand = subcommands[words[1]]
  local offered = {}
  if #words == 1 then
    offered = M.names()
  elseif #words == 2 and subcommand and subcommand.arguments then
    offered = subcommand.arguments()
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, offered)
end

return M
