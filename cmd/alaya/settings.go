package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/alaya-network/alaya/core/fault"
)

// settings are the global flags.
type settings struct {
	home, node, gateway string
	from, gasPrice      string
	keyring             choice
	output              choice
	yes, quiet          bool
}

// bind declares the global flags on the root command.
func (s *settings) bind(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&s.home, "home", defaultHome(), "folder of keys, salts and the local node")
	f.StringVar(&s.node, "node", "http://127.0.0.1:26657", "URL of the node")
	f.StringVar(&s.gateway, "gateway", "http://127.0.0.1:8080", "URL of the gateway, for blobs")
	f.StringVar(&s.from, "from", "", "name of the key that signs")
	f.StringVar(&s.gasPrice, "gas-price", "", "price of gas, such as 0.001ualy; none on a local chain")
	s.keyring = choice{value: keyringAuto, of: []string{keyringAuto, keyringFile, keyringTest}}
	f.Var(&s.keyring, "keyring", "auto, file (encrypted) or test (throw-away chains only)")
	s.output = choice{value: formatText, of: []string{formatText, formatJSON, formatYAML}}
	f.Var(&s.output, "output", "text, json or yaml")
	f.BoolVarP(&s.yes, "yes", "y", false, "answer yes to every question")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print ids only, one a line")
}

// defaultHome is ~/.alaya, or .alaya for somebody without a home.
func defaultHome() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ".alaya"
	}
	return filepath.Join(home, ".alaya")
}

// fromEnv gives every global flag that the command line leaves out the value
// of its variable: --gas-price that of ALAYA_GAS_PRICE.
func fromEnv(flags *pflag.FlagSet, env func(string) string) error {
	var first error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "ALAYA_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := env(name)
		if f.Changed || value == "" || first != nil {
			return
		}
		if err := f.Value.Set(value); err != nil {
			first = fault.Invalid("%s=%q: %w", name, value, err)
		}
	})
	return first
}

// choice is a flag with a few allowed values.
type choice struct {
	value string
	of    []string
}

// String returns the value.
func (c *choice) String() string { return c.value }

// Set takes one of the allowed values.
func (c *choice) Set(text string) error {
	for _, allowed := range c.of {
		if text == allowed {
			c.value = text
			return nil
		}
	}
	return fault.Invalid("want one of %s", strings.Join(c.of, ", "))
}

// Type names the kind of value in help texts.
func (c *choice) Type() string { return strings.Join(c.of, "|") }
