package main

import (
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/fault"
)

func newCompletionCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write the completion script of a shell",
		Long:  "Write the completion script for bash, zsh, fish or powershell. Names of keys complete too.",
		Example: `  source <(alaya completion bash)
  alaya completion zsh > "${fpath[1]}/_alaya"
  alaya completion fish > ~/.config/fish/completions/alaya.fish`,
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(s.out, true)
			case "zsh":
				return root.GenZshCompletion(s.out)
			case "fish":
				return root.GenFishCompletion(s.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(s.out)
			}
			return fault.Invalid("shell %q: bash, zsh, fish or powershell", args[0])
		},
	}
}

// completeKeys completes the names of keys, from their files alone.
func completeKeys(s *session) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if err := fromEnv(cmd.Root().PersistentFlags(), s.env); err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return s.keyNames(), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFlags completes the values of the global flags.
func completeFlags(root *cobra.Command, s *session) error {
	if err := root.RegisterFlagCompletionFunc("from", completeKeys(s)); err != nil {
		return err
	}
	for name, choice := range map[string]*choice{"output": &s.flags.output, "keyring": &s.flags.keyring} {
		values := cobra.FixedCompletions(choice.of, cobra.ShellCompDirectiveNoFileComp)
		if err := root.RegisterFlagCompletionFunc(name, values); err != nil {
			return err
		}
	}
	return root.MarkPersistentFlagDirname("home")
}
