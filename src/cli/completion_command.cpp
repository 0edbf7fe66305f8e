#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {
namespace {

std::string flags_of(const CLI::App& command) {
  std::string flags;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) flags += " --" + name;
  }
  return flags.empty() ? flags : flags.substr(1);
}

std::string verbs_of(const CLI::App& program) {
  std::string verbs;
  for (const CLI::App* command : program.get_subcommands({})) verbs += " " + command->get_name();
  return verbs.substr(1);
}

std::string bash_script(const CLI::App& program) {
  std::string cases;
  for (const CLI::App* command : program.get_subcommands({})) {
    cases += fmt::format("    {}) flags=\"{}\" ;;\n", command->get_name(), flags_of(*command));
  }
  return fmt::format(
      "# regulars: completion for bash. Use it with: source <(regulars completion bash)\n"
      "_regulars() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} flags=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{}\" -- \"$word\"))\n    return\n  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  case $word in\n"
      "    -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _regulars regulars\n",
      verbs_of(program), cases);
}

std::string zsh_script(const CLI::App& program) {
  return "# regulars: completion for zsh. Use it with: source <(regulars completion zsh)\n"
         "autoload -Uz bashcompinit && bashcompinit\n" +
         bash_script(program);
}

std::string fish_script(const CLI::App& program) {
  std::string script =
      "# regulars: completion for fish. Use it with: regulars completion fish | source\n";
  for (const CLI::App* command : program.get_subcommands({})) {
    script += fmt::format("complete -c regulars -n __fish_use_subcommand -f -a {} -d '{}'\n",
                          command->get_name(), command->get_description());
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        script += fmt::format("complete -c regulars -n '__fish_seen_subcommand_from {}' -l {}\n",
                              command->get_name(), name);
      }
    }
  }
  return script;
}

}  // namespace

void add_completion(CLI::App& app, Outcome&) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "print a completion script for a shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("Example:\n  source <(regulars completion bash)");
  command->callback([shell, &app] {
    if (*shell == "bash") print(bash_script(app));
    if (*shell == "zsh") print(zsh_script(app));
    if (*shell == "fish") print(fish_script(app));
  });
}

}  // namespace regulars::cli
