package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// dialTimeout is how long a node may take to answer at first.
const dialTimeout = 10 * time.Second

// session is one run of the command: its streams, its global flags, and what
// is opened when first needed. One goroutine uses it.
type session struct {
	in         io.Reader
	out, notes io.Writer
	env        func(string) string
	flags      settings

	client  *client.Client
	keyring *client.Keyring
}

// newSession returns a session over the given streams.
func newSession(in io.Reader, out, notes io.Writer) *session {
	return &session{in: in, out: out, notes: notes, env: os.Getenv}
}

// close lets go of what was opened.
func (s *session) close() {
	if s.client != nil {
		s.client.Close()
		s.client = nil
	}
}

// path returns the path of a file under the home folder.
func (s *session) path(parts ...string) string {
	return filepath.Join(append([]string{s.flags.home}, parts...)...)
}

// chain returns the connection to the node.
func (s *session) chain(ctx context.Context) (*client.Client, error) {
	if s.client != nil {
		return s.client, nil
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	c, err := client.Dial(ctx, client.Config{Node: s.flags.node, GasPrice: s.flags.gasPrice})
	if err != nil {
		return nil, err
	}
	s.client = c
	return c, nil
}

// blobs returns the gateway's blobs.
func (s *session) blobs() (client.Blobs, error) { return client.NewHTTPBlobs(s.flags.gateway, nil) }

// signer returns the account of --from.
func (s *session) signer(ctx context.Context) (*client.Account, error) {
	key, err := s.key()
	if err != nil {
		return nil, err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	return c.Account(key)
}

// address reads an address, or the name of a key.
func (s *session) address(text string) (id.Address, error) {
	if strings.HasPrefix(text, client.Prefix+"1") {
		_, err := client.ParseAddress(id.Address(text))
		return id.Address(text), err
	}
	ring, err := s.keys()
	if err != nil {
		return "", err
	}
	return addressOf(ring, text)
}

// addressOr reads the address in args[i], or takes that of --from.
func (s *session) addressOr(args []string, i int) (id.Address, error) {
	if i < len(args) {
		return s.address(args[i])
	}
	if s.flags.from == "" {
		return "", advise(fault.Invalid("no address"), "give an address or a key's name, or --from KEYNAME")
	}
	return s.address(s.flags.from)
}

// say tells people something that is no result.
func (s *session) say(format string, args ...any) {
	tell(s.notes, "%s\n", clean(fmt.Sprintf(format, args...)))
}
