package station

import (
	"context"
	"path/filepath"
	"time"

	"github.com/alaya-network/alaya/agent/relay"
	"github.com/alaya-network/alaya/agent/welcome"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/gateway"
)

// host starts what the operator does for the gateway's visitors: reveal for
// those who left, and pay the first fees of those who come.
func (s *Station) host(ctx context.Context, c Config, operator *client.Account, g *gateway.Config) error {
	reveals, err := relay.New(relay.Config{
		Client: s.Client, Account: operator, Blobs: s.Store, Folder: filepath.Join(c.Home, "relay"), Log: c.Log,
	})
	if err != nil {
		return err
	}
	s.run(ctx, c.Log, "relay", reveals.Run)
	g.Relay = func(ctx context.Context, o gateway.Opening) error { return reveals.Keep(ctx, relay.Opening(o)) }
	if c.Welcome == nil {
		return nil
	}
	guests, err := welcome.New(welcome.Config{
		Client: s.Client, Host: operator, Folder: filepath.Join(c.Home, "welcome"), Terms: *c.Welcome, Now: time.Now,
	})
	if err != nil {
		return err
	}
	g.Welcome = func(ctx context.Context, guest id.Address, visitor string) (gateway.Grant, error) {
		given, err := guests.Grant(ctx, guest, visitor)
		return gateway.NewGrant(given.Granter, given.Limit, given.Expires), err
	}
	return nil
}
