package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/version"

	"github.com/alaya-network/alaya/core/fault"
)

// stages are the groups of `alaya --help`, in the order of the way of data.
func stages() []*cobra.Group {
	return []*cobra.Group{
		{ID: "start", Title: "Start"},
		{ID: "market", Title: "Market: ask for data, offer work"},
		{ID: "work", Title: "Work: pages, answers, gold"},
		{ID: "quality", Title: "Quality: what the validators find"},
		{ID: "settle", Title: "Settle: the money"},
		{ID: "dataset", Title: "Dataset: what was made"},
		{ID: "model", Title: "Model: models that learn in public"},
		{ID: "party", Title: "Party: who takes part"},
		{ID: "chain", Title: "Chain"},
		{ID: "tools", Title: "Tools"},
	}
}

const rootLong = `Alaya is a decentralised data engine: people who need data post funded requests;
people who have expertise bid, work and earn; quality is proved before money moves;
every dataset carries its own provenance.

Every global flag has a variable: --gas-price is ALAYA_GAS_PRICE.
Amounts are written 12.5aly or 100ualy, times RFC 3339, durations 90m, 36h or 30d.
Keys: in a home made by ` + "`alaya up`" + ` the local chain's own; elsewhere encrypted under a
passphrase, asked on the terminal or read from the file that ` + passphraseFile + ` names.

` + exitCodes

// A noun needs a verb: cobra's usage lines would show it as a command of its own
// as well.
const (
	cobraUsage = `{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}`
	ourUsage = `{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{else}}
  {{.UseLine}}{{end}}`
)

// newRootCommand assembles all commands over one session.
func newRootCommand(s *session) *cobra.Command {
	root := &cobra.Command{
		Use:   "alaya",
		Short: "From a funded request to a paid, provable dataset",
		Long:  rootLong,
		Example: `  alaya up                                  a node on this machine
  alaya request post campaign.yaml --from requester
  alaya dataset list`,
		Version:                    buildVersion(),
		SilenceUsage:               true,
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE:                       chooseVerb,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return fromEnv(cmd.Root().PersistentFlags(), s.env)
		},
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.notes)
	root.AddGroup(stages()...)
	s.flags.bind(root)
	addCommands(root, s)
	root.SetHelpCommandGroupID("tools")
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(), cobraUsage, ourUsage, 1))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return advise(fault.Invalid("%w", err), "`%s --help` shows how", cmd.CommandPath())
	})
	if err := completeFlags(root, s); err != nil {
		panic(err) // a flag that bind does not declare
	}
	finish(root)
	return root
}

// addCommands adds the commands, stage by stage.
func addCommands(root *cobra.Command, s *session) {
	for _, c := range []struct {
		stage string
		cmd   *cobra.Command
	}{
		{"start", newUpCommand(s)},
		{"start", newLocalnetCommand(s)},
		{"start", newDemoCommand(s)},
		{"market", newRequestCommand(s)},
		{"market", newBidCommand(s)},
		{"market", newEngagementCommand(s)},
		{"work", newWorkCommand(s)},
		{"quality", newVerdictCommand(s)},
		{"quality", newJobCommand(s)},
		{"quality", newQualityCommand(s)},
		{"settle", newSettleCommand(s)},
		{"dataset", newDatasetCommand(s)},
		{"model", newModelCommand(s)},
		{"party", newPartyCommand(s)},
		{"party", newKeysCommand(s)},
		{"chain", newChainCommand(s)},
		{"chain", newEventsCommand(s)},
		{"chain", newBlobCommand(s)},
		{"tools", newDoctorCommand(s)},
		{"tools", newReplayCommand(s)},
		{"tools", newBenchCommand(s)},
		{"tools", newCompletionCommand(s)},
	} {
		c.cmd.GroupID = c.stage
		root.AddCommand(c.cmd)
	}
}

// newGroup makes a noun with its verbs.
func newGroup(noun *cobra.Command, verbs ...*cobra.Command) *cobra.Command {
	noun.RunE = chooseVerb
	noun.SuggestionsMinimumDistance = 2
	noun.AddCommand(verbs...)
	return noun
}

// chooseVerb is what a noun does without a verb of its own: it helps.
func chooseVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	err := fault.Invalid("unknown command %q for %q", args[0], cmd.CommandPath())
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return advise(err, "did you mean `%s %s`?", cmd.CommandPath(), near[0])
	}
	return advise(err, "`%s --help` lists the commands", cmd.CommandPath())
}

// finish makes every verb check its arguments against its usage line and its
// flags for those it needs, and keeps the order of flags as declared.
func finish(cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	cmd.PersistentFlags().SortFlags = false
	if cmd.HasSubCommands() {
		cmd.Args = cobra.ArbitraryArgs // chooseVerb refuses them with advice
	} else {
		cmd.Args = fitUsage
		cmd.PreRunE = needFlags
	}
	for _, sub := range cmd.Commands() {
		finish(sub)
	}
}

// fitUsage checks the number of arguments against the usage line: NAME is
// needed, [NAME] is not, and NAME... may be repeated.
func fitUsage(cmd *cobra.Command, args []string) error {
	need, most := 0, 0
	var names []string
	for _, word := range strings.Fields(cmd.Use)[1:] {
		if word == "[flags]" {
			continue
		}
		names = append(names, word)
		if !strings.HasPrefix(word, "[") {
			need++
		}
		most++
		if strings.Contains(word, "...") {
			most = len(args) + 1
		}
	}
	next := "usage: " + cmd.CommandPath() + strings.TrimPrefix(cmd.Use, cmd.Name())
	if len(args) < need {
		return advise(fault.Invalid("%s is missing", names[len(args)]), "%s", next)
	}
	if len(args) > most {
		return advise(fault.Invalid("too many arguments: %q", args[most]), "%s", next)
	}
	return nil
}

// needFlags asks for the flags that must be given.
func needFlags(cmd *cobra.Command, _ []string) error {
	if err := cmd.ValidateRequiredFlags(); err != nil {
		return advise(fault.Invalid("%w", err), "`%s --help` shows how", cmd.CommandPath())
	}
	return nil
}

func buildVersion() string {
	if version.Version != "" {
		return version.Version
	}
	return "unreleased"
}
