package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// walk visits every command but cobra's own help.
func walk(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, sub := range cmd.Commands() {
		if sub.Name() != "help" {
			walk(sub, visit)
		}
	}
}

func testSession(env map[string]string) *session {
	s := newSession(strings.NewReader(""), io.Discard, io.Discard)
	s.env = func(name string) string { return env[name] }
	return s
}

func TestEveryCommandExplainsItself(t *testing.T) {
	root := newRootCommand(testSession(nil))
	walk(root, func(cmd *cobra.Command) {
		path := cmd.CommandPath()
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: Short is %q: want a phrase without a full stop", path, cmd.Short)
		}
		if !strings.Contains(cmd.Example, "alaya ") {
			t.Errorf("%s: Example is %q: want a line with `alaya`", path, cmd.Example)
		}
		if cmd.RunE == nil {
			t.Errorf("%s: does nothing", path)
		}
		if cmd.Parent() == root && !root.ContainsGroup(cmd.GroupID) {
			t.Errorf("%s: stage %q is none of those in --help", path, cmd.GroupID)
		}
	})
}

func TestNoFlagHidesAGlobalOneOrLacksItsUsage(t *testing.T) {
	root := newRootCommand(testSession(nil))
	walk(root, func(cmd *cobra.Command) {
		seen := map[string]bool{}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s: no usage", cmd.CommandPath(), f.Name)
			}
			if cmd != root && root.PersistentFlags().Lookup(f.Name) != nil {
				t.Errorf("%s --%s: hides the global flag", cmd.CommandPath(), f.Name)
			}
			if f.Shorthand != "" && (seen[f.Shorthand] || cmd != root && root.PersistentFlags().ShorthandLookup(f.Shorthand) != nil) {
				t.Errorf("%s -%s: stands twice", cmd.CommandPath(), f.Shorthand)
			}
			seen[f.Shorthand] = true
		})
	})
}

func TestEveryExampleIsACommandThatExists(t *testing.T) {
	root := newRootCommand(testSession(nil))
	walk(root, func(cmd *cobra.Command) {
		for _, line := range strings.Split(cmd.Example, "\n") {
			_, rest, found := strings.Cut(line, "alaya ")
			if !found {
				continue
			}
			example, left, err := root.Find(strings.Fields(strings.Trim(rest, "()")))
			if err != nil || example == root || len(left) > 0 && example.HasSubCommands() && !strings.HasPrefix(left[0], "-") {
				t.Errorf("%s: example %q: no such command", cmd.CommandPath(), line)
			}
		}
	})
}

func TestGlobalFlagsComeFromTheCommandLineThenTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"the default", nil, nil, "http://127.0.0.1:26657"},
		{"the variable over the default", map[string]string{"ALAYA_NODE": "http://a:1"}, nil, "http://a:1"},
		{"the flag over the variable", map[string]string{"ALAYA_NODE": "http://a:1"}, []string{"--node", "http://b:2"}, "http://b:2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testSession(c.env)
			s.out = &bytes.Buffer{}
			if code := run(t.Context(), s, append([]string{"completion", "bash"}, c.args...)); code != 0 {
				t.Fatalf("exit code %d, want 0", code)
			}
			if s.flags.node != c.want {
				t.Errorf("node %q, want %q", s.flags.node, c.want)
			}
		})
	}
}
