package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// keyView is a key as shown; the mnemonic only when it was just made.
type keyView struct {
	Name     string     `json:"name"`
	Address  id.Address `json:"address"`
	Mnemonic string     `json:"mnemonic,omitempty"`
}

func newKeysCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "keys",
		Short: "Keep the keys that sign",
		Long: `Keys live under --home: encrypted under a passphrase, or, in a home made by
` + "`alaya up`" + `, in a test keyring without one. A mnemonic is shown once, when its key is
made; whoever has it has the key.`,
		Example: "  alaya keys add alice\n  alaya keys list",
	}, newKeysAdd(s), newKeysImport(s), newKeysList(s), newKeysShow(s), newKeysDelete(s))
}

func newKeysAdd(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "add NAME",
		Short:   "Make a key and show its mnemonic, once",
		Example: "  alaya keys add alice",
		RunE: func(_ *cobra.Command, args []string) error {
			ring, err := s.keys()
			if err != nil {
				return err
			}
			key, mnemonic, err := ring.Create(args[0])
			if err != nil {
				return err
			}
			if err := s.showKey(args[0], key, mnemonic); err != nil {
				return err
			}
			s.say("Write the mnemonic down and keep it safe: it is the only way to restore the key.")
			return nil
		},
	}
}

// maxMnemonic bounds what is read as a mnemonic, in bytes.
const maxMnemonic = 1024

func newKeysImport(s *session) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "import NAME",
		Short: "Restore a key from its mnemonic",
		Example: `  alaya keys import alice                          asks for the mnemonic
  alaya keys import alice --file alice.mnemonic`,
		RunE: func(_ *cobra.Command, args []string) error {
			mnemonic, err := s.readMnemonic(file)
			if err != nil {
				return err
			}
			ring, err := s.keys()
			if err != nil {
				return err
			}
			key, err := ring.Restore(args[0], mnemonic)
			if err != nil {
				return err
			}
			return s.showKey(args[0], key, "")
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "file with the mnemonic; without it, it is asked for or read from standard input")
	return cmd
}

func (s *session) readMnemonic(file string) (string, error) {
	if terminal, ok := terminalOf(s.in); ok && file == "" {
		return s.askSecret(terminal, "Mnemonic: ")
	}
	in := s.in
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	line, err := bufio.NewReader(io.LimitReader(in, maxMnemonic)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	words := strings.Join(strings.Fields(line), " ")
	if words == "" {
		return "", fault.Invalid("the mnemonic is empty")
	}
	return words, nil
}

func (s *session) showKey(name string, key client.Key, mnemonic string) error {
	address, err := client.AddressOf(key.PublicKey().Address().Bytes())
	if err != nil {
		return err
	}
	return s.show(keyView{name, address, mnemonic}, func(p *page) {
		p.field("name", name)
		p.field("address", address)
		p.field("mnemonic", mnemonic)
		if p.quiet {
			p.row(address)
		}
	})
}

func newKeysList(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the keys",
		Example: "  alaya keys list",
		RunE: func(*cobra.Command, []string) error {
			ring, err := s.keys()
			if err != nil {
				return err
			}
			keys, err := ring.List()
			if err != nil {
				return err
			}
			views := make([]keyView, len(keys))
			for i, k := range keys {
				views[i] = keyView{Name: k.Name, Address: k.Address}
			}
			return s.show(views, func(p *page) {
				p.table("name", "address")
				for _, k := range views {
					p.row(k.Name, k.Address)
				}
			})
		},
	}
}

func newKeysShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Show a key's address",
		Example: `  alaya keys show alice
  alaya keys show alice --quiet                    the address only`,
		ValidArgsFunction: completeKeys(s),
		RunE: func(_ *cobra.Command, args []string) error {
			ring, err := s.keys()
			if err != nil {
				return err
			}
			key, err := ring.Key(args[0])
			if err != nil {
				return advise(err, "`alaya keys list` shows the keys in %s", s.keyringDir())
			}
			return s.showKey(args[0], key, "")
		},
	}
}

func newKeysDelete(s *session) *cobra.Command {
	return &cobra.Command{
		Use:               "delete NAME",
		Short:             "Remove a key for good",
		Example:           "  alaya keys delete alice",
		ValidArgsFunction: completeKeys(s),
		RunE: func(_ *cobra.Command, args []string) error {
			ring, err := s.keys()
			if err != nil {
				return err
			}
			if _, err := ring.Key(args[0]); err != nil {
				return advise(err, "`alaya keys list` shows the keys in %s", s.keyringDir())
			}
			if err := s.confirm("Remove key " + args[0] + " for good? Only its mnemonic brings it back."); err != nil {
				return err
			}
			if err := ring.Delete(args[0]); err != nil {
				return err
			}
			s.say("Removed key %s.", args[0])
			return nil
		},
	}
}
