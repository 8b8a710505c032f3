-- `:help sowhat` and `:checkhealth sowhat`: what they say is there, and what is there they say.
local t = require('harness')

local DOC = vim.env.PLUGIN .. '/doc'

--- The tags of the manual, with where each leads.
local function tags()
  local all = {}
  for line in io.lines(DOC .. '/tags') do
    all[line:match('^[^\t]+')] = true
  end
  return all
end

--- Those that the manual lacks.
local function lacking(known, wanted)
  return vim.tbl_filter(function(tag)
    return not known[tag]
  end, wanted)
end

local function is_help(tag)
  local found = pcall(vim.cmd.help, vim.fn.escape(tag, '*?[]'))
  vim.cmd('silent! helpclose')
  return found
end

--- Does what the manual says makes its tags.
local function check_tags()
  local ok, problem = pcall(vim.cmd, 'helptags ' .. vim.fn.fnameescape(DOC))
  t.check(':helptags has no complaint', ok and vim.v.errmsg == '', tostring(problem) .. vim.v.errmsg)
  local known = tags()

  local commands = vim.tbl_map(function(name)
    return ':Sowhat-' .. name
  end, require('sowhat.command').names())
  t.equal('every command has a tag', lacking(known, { ':Sowhat', ':Sowhat-ask-all', unpack(commands) }), {})

  local mappings = {}
  for _, mode in ipairs({ 'n', 'i', 'x', 'o' }) do
    for _, mapping in ipairs(vim.api.nvim_get_keymap(mode)) do
      if vim.startswith(mapping.lhs, '<Plug>(sowhat-') then
        table.insert(mappings, mapping.lhs)
      end
    end
  end
  t.check('there are mappings', #mappings > 0)
  t.equal('every mapping has a tag', lacking(known, mappings), {})

  local options = {}
  for name in t.read(vim.env.PLUGIN .. '/lua/sowhat/init.lua'):gmatch('%-%-%-@field (%w+)%? ') do
    table.insert(options, 'sowhat-' .. name)
  end
  t.equal('there are four options', #options, 4)
  t.equal('every option has a tag', lacking(known, options), {})
  t.equal('so have the functions', lacking(known, { 'sowhat.setup()', 'sowhat.status()' }), {})
end

local function check_text()
  local text = t.read(DOC .. '/sowhat.txt')
  t.check(':help sowhat opens it', is_help('sowhat'))
  local dead, long, code = {}, {}, {}
  for tag in text:gmatch('|(%S-)|') do
    if not is_help(tag) then
      table.insert(dead, tag)
    end
  end
  for line in vim.gsplit(text, '\n') do
    if vim.api.nvim_strwidth(line) > 80 then
      table.insert(long, line)
    end
  end
  t.equal('no link is dead', dead, {})
  t.equal('no line is longer than a help window', long, {})
  for block in text:gmatch('>lua\n(.-)\n<') do
    if not loadstring(block) and not loadstring('return ' .. block) then
      table.insert(code, block)
    end
  end
  t.equal('its Lua is Lua', code, {})
end

local function check_health()
  t.open('call.md', t.read(vim.env.NOTES .. '/call.md'))
  t.client()
  vim.cmd('silent checkhealth sowhat')
  local text = table.concat(t.lines(), '\n')
  for what, words in
    vim.spairs({
      ['which program runs, and why that one'] = "target/release/sowhat (this clone's build)",
      ['that it starts by itself'] = 'starts on markdown notes',
      ['for how many notes, and where'] = 'running for 1 open note',
      ['how findings look'] = 'words below the line',
      ['whether hints are on'] = 'inlay hints: switched on',
      ['whose settings hold'] = 'no sowhat.toml',
    })
  do
    t.check(':checkhealth says ' .. what, text:find(words, 1, true) ~= nil, text)
  end
  t.check('and has nothing to complain about', not text:find('WARNING') and not text:find('ERROR'), text)
end

t.run(function()
  check_tags()
  check_text()
  check_health()
end)
