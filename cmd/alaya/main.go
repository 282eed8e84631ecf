// Command alaya is Alaya on the command line: a node, the verbs of the way of
// data from request to dataset, and the tools around them.
//
// Words: a session is one run of the command with what it opens on the way; a
// group is a noun with its verbs; a view is what a command shows, in text for
// people and in JSON or YAML for programs; a receipt is what became of a
// transaction.
//
// Invariants:
//  1. Standard output holds results only; everything else goes to standard
//     error, progress bars only when that is a terminal.
//  2. The exit code says the kind of an error (see `alaya --help`), its text
//     what happened and what to do next.
//  3. Secrets (passphrases, mnemonics, salts) come from no flag and no variable,
//     and are kept in files that only their owner can read.
//  4. Nothing is signed that was not shown or named by its owner.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/internal/heap"
)

func main() {
	cobra.EnableCommandSorting = false // help keeps the order of the way of data
	kit.SetPrefixes()                  // before any key
	heap.Widen()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, newSession(os.Stdin, os.Stdout, os.Stderr), os.Args[1:])
	stop()
	os.Exit(code)
}

// run runs one command and returns its exit code.
func run(ctx context.Context, s *session, args []string) int {
	defer s.close()
	root := newRootCommand(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil {
		report(s.notes, err)
	}
	return exitCode(err)
}
