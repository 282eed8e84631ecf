package main

import (
	"bufio"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// confirm asks before something that cannot be undone. Without a terminal and
// without --yes it refuses.
func (s *session) confirm(question string) error {
	if s.flags.yes {
		return nil
	}
	if _, ok := terminalOf(s.in); !ok {
		return advise(fault.Invalid("not confirmed: %s", question), "pass --yes where nobody can answer")
	}
	s.prompt(question + " [y/N] ")
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil {
		return err
	}
	if answer := strings.ToLower(strings.TrimSpace(line)); answer != "y" && answer != "yes" {
		return fault.Invalid("not confirmed: nothing was done")
	}
	return nil
}

// prompt writes a question and leaves the cursor behind it.
func (s *session) prompt(text string) { tell(s.notes, "%s", clean(text)) }
