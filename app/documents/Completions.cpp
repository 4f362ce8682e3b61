// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documents/Document.h"

namespace app {

namespace {

enum class Value { Nothing, Anything, Word, WordList, File, Folder, Preset };

Value valueOf(const FlagInfo &flag)
{
    if (flag.takes == FlagInfo::Takes::Nothing)
        return Value::Nothing;
    if (!flag.words.empty())
        return flag.value == "LIST" ? Value::WordList : Value::Word;
    if (flag.value == "NAME|FILE")
        return Value::Preset;
    if (flag.value == "DIR" || flag.value == "FOLDER")
        return Value::Folder;
    return flag.value == "FILE" ? Value::File : Value::Anything;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string functionName(const ProgramInfo &program)
{
    std::string name = "_" + program.name;
    for (char &sign : name)
        sign = sign == '-' ? '_' : sign;
    return name;
}

/// A case of bash for all flags with such a value.
std::string bashCase(const ProgramInfo &program, Value value, const std::string &action)
{
    std::string names;
    for (const FlagInfo &flag : program.flags) {
        if (valueOf(flag) != value)
            continue;
        names += (names.empty() ? "" : " | ") + flag.name;
        if (!flag.shortName.empty())
            names += " | " + flag.shortName;
    }
    return names.empty() ? "" : "    " + names + ")\n" + action + "        return\n        ;;\n";
}

std::string zshQuoted(std::string_view text)
{
    std::string result = "'";
    for (const char sign : text)
        result += sign == '\'' ? "'\\''" : std::string(1, sign);
    return result + "'";
}

/// For the parts of a specification of _arguments, in which colons and brackets mean something.
std::string zshPart(std::string_view text)
{
    std::string result;
    for (const char sign : text)
        result += (std::string_view("\\:[]").find(sign) != std::string_view::npos ? "\\" : "") +
                  std::string(1, sign);
    return result;
}

/// A list of words, in which # would be a pattern.
std::string zshWords(const std::vector<std::string> &words)
{
    std::string result;
    for (const char sign : joined(words))
        result += sign == '#' ? "\\#" : std::string(1, sign);
    return result;
}

std::string zshValue(const ProgramInfo &program, const FlagInfo &flag)
{
    const std::string title = ":" + zshPart(flag.value.empty() ? "value" : flag.value) + ":";
    switch (valueOf(flag)) {
    case Value::Nothing:
        return "";
    case Value::Anything:
        return title;
    case Value::Word:
        return title + "(" + zshWords(flag.words) + ")";
    case Value::WordList:
        return title + "_values -s , " + zshPart(flag.value) + " " + joined(flag.words);
    case Value::File:
        return title + "_files";
    case Value::Folder:
        return title + "_files -/";
    case Value::Preset:
        return title + functionName(program) + "_presets";
    }
    return "";
}

} // namespace

std::string bashCompletion(const ProgramInfo &program)
{
    const std::string function = functionName(program);
    std::string text =
        "# Made by make-documents from the program's own flags.  -*- shell-script -*-\n" +
        function +
        "()\n{\n"
        "    local cur prev words cword split\n"
        "    _init_completion -s || return\n"
        "    case $prev in\n";
    std::string flags;
    for (const FlagInfo &flag : program.flags) {
        flags += flag.name + " " + (flag.shortName.empty() ? "" : flag.shortName + " ");
        if (valueOf(flag) == Value::Word)
            text += "    " + flag.name + ")\n        COMPREPLY=($(compgen -W '" +
                    joined(flag.words) + "' -- \"$cur\"))\n        return\n        ;;\n";
        else if (valueOf(flag) == Value::WordList)
            text += "    " + flag.name +
                    ")\n        local before=\n"
                    "        [[ $cur == *,* ]] && before=${cur%,*},\n"
                    "        COMPREPLY=($(compgen -P \"$before\" -W '" +
                    joined(flag.words) +
                    "' -- \"${cur##*,}\"))\n"
                    "        compopt -o nospace\n        return\n        ;;\n";
    }
    text += bashCase(program, Value::Preset,
                     "        local name typed=${cur//\\\\/} quote=\n"
                     "        [[ $typed == [\\\"\\']* ]] && quote=${typed:0:1} typed=${typed:1}\n"
                     "        while IFS= read -r name; do\n"
                     "            [[ $name == \"$typed\"* ]] || continue\n"
                     "            [[ $quote ]] || printf -v name %q \"$name\"\n"
                     "            COMPREPLY+=(\"$name\")\n"
                     "        done < <(quantum-distortion-render --list-presets 2>/dev/null)\n"
                     "        ((${#COMPREPLY[@]})) || _filedir qdpreset\n");
    text += bashCase(program, Value::File, "        _filedir\n");
    text += bashCase(program, Value::Folder, "        _filedir -d\n");
    text += bashCase(program, Value::Anything, "");
    text += "    esac\n"
            "    if [[ $cur == -* ]]; then\n"
            "        COMPREPLY=($(compgen -W '" +
            flags +
            "' -- \"$cur\"))\n"
            "    else\n"
            "        _filedir\n"
            "    fi\n"
            "} &&\n    complete -F " +
            function + " " + program.name + "\n";
    return text;
}

std::string zshCompletion(const ProgramInfo &program)
{
    const std::string function = functionName(program);
    std::string text =
        "#compdef " + program.name +
        "\n# Made by make-documents from the program's own flags.\n\n" + function +
        "_presets()\n{\n"
        "    local -a names\n"
        "    names=(${(f)\"$(quantum-distortion-render --list-presets 2>/dev/null)\"})\n"
        "    _alternative 'presets:preset:compadd -a names' "
        "'files:preset file:_files -g \"*.qdpreset\"'\n"
        "}\n\n"
        "_arguments -s -S \\\n";
    for (const FlagInfo &flag : program.flags) {
        std::string name = flag.name;
        if (flag.takes == FlagInfo::Takes::Value)
            name += "=";
        else if (flag.takes == FlagInfo::Takes::ValueAfterEquals)
            name += "=-";
        std::string value = zshValue(program, flag);
        if (flag.takes == FlagInfo::Takes::ValueAfterEquals)
            value = ":" + value; // two colons: it may be left out
        const std::string rest = "[" + zshPart(flag.help) + "]" + value;
        if (flag.shortName.empty())
            text += "    " + zshQuoted((flag.repeats ? "*" : "") + name + rest) + " \\\n";
        else
            text += "    '(" + flag.shortName + " " + flag.name + ")'{" + flag.shortName + "," +
                    name + "}" + zshQuoted(rest) + " \\\n";
    }
    return text + "    '*:file:_files'\n";
}

} // namespace app
