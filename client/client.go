// Package client talks to an Alaya chain from Go: it reads, proves, signs,
// sends, waits and follows, over a socket or inside the node's own process.
//
// Words: a Client is a connection to one node; a Key signs; an Account is a
// key with its place in the chain's sequence; a Pending is a transaction that
// the node has taken and no block holds yet; a Block is what our stages said
// happened in it, its Events; Blobs are bytes by content id.
//
// Invariants:
//  1. Every error has a fault.Kind; one that the chain's stages gave keeps it.
//  2. Blocks and Follow yield every block once, in order, whatever happens to
//     the connection meanwhile.
//  3. The transactions of one Account enter the chain in the order in which
//     Broadcast took them.
//  4. What VerifyProof and Blobs accept is right even if the node or gateway
//     lies; everything else is as honest as the node.
//  5. Keys, mnemonics and passphrases are in no error and no log.
package client

import (
	"context"
	"fmt"
	"net/http"
	"time"

	rpcclient "github.com/cometbft/cometbft/rpc/client"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
)

// requestTimeout bounds one call to a remote node.
const requestTimeout = 30 * time.Second

// Config says which node to talk to, and at what price.
type Config struct {
	// Node is the address of a node's RPC server, "http://host:port" or
	// "tcp://host:port". It is not used with RPC.
	Node string
	// RPC is a connection that exists already, such as a node's in this
	// process; Close leaves it open.
	RPC rpcclient.Client
	// GasPrice is what a unit of gas costs, such as "0.001ualy"; "" for
	// nothing. A price makes every transaction be simulated first.
	GasPrice string
}

// Client is a connection to one node. All methods may be called concurrently.
type Client struct {
	rpc     rpcclient.Client
	conn    conn
	feed    *feed
	chainID string
	price   gasPrice
	stop    context.CancelFunc
	owned   bool
}

// Dial connects to a node and follows its blocks until Close. It returns once
// the chain has a block, and fails if that takes longer than ctx.
func Dial(ctx context.Context, cfg Config) (*Client, error) {
	price, err := parseGasPrice(cfg.GasPrice)
	if err != nil {
		return nil, err
	}
	c := &Client{rpc: cfg.RPC, price: price}
	if c.rpc == nil {
		if c.rpc, err = dialHTTP(cfg.Node); err != nil {
			return nil, err
		}
		c.owned = true
	}
	if err := c.start(ctx); err != nil {
		c.closeRPC()
		return nil, fmt.Errorf("client: connect to node: %w", err)
	}
	if err := c.WaitHeight(ctx, 1); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func dialHTTP(node string) (*rpchttp.HTTP, error) {
	remote, err := rpchttp.NewWithClient(node, "/websocket", &http.Client{Timeout: requestTimeout})
	if err != nil {
		return nil, fault.Invalid("client: node %q: %w", node, err)
	}
	if err := remote.Start(); err != nil {
		return nil, fault.Internal("client: connect to node %s: %w", node, err)
	}
	return remote, nil
}

func (c *Client) start(ctx context.Context) error {
	status, err := c.rpc.Status(ctx)
	if err != nil {
		return err
	}
	info, err := c.rpc.ABCIInfo(ctx)
	if err != nil {
		return err
	}
	c.chainID = status.NodeInfo.Network
	c.conn = conn{rpc: c.rpc, registry: NewRegistry()}
	c.feed = newFeed(c.rpc, info.Response.LastBlockHeight)
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	go c.feed.run(running)
	return nil
}

// Close ends all waiting and following.
func (c *Client) Close() {
	c.stop()
	<-c.feed.done
	c.closeRPC()
}

func (c *Client) closeRPC() {
	if c.owned && c.rpc.IsRunning() {
		_ = c.rpc.Stop()
	}
}

// ChainID returns the chain's id, which every signature covers.
func (c *Client) ChainID() string { return c.chainID }

// RPC returns the connection itself, for what this package does not offer.
func (c *Client) RPC() rpcclient.Client { return c.rpc }

// Party queries the stage party.
func (c *Client) Party() partyv1.QueryClient { return partyv1.NewQueryClient(c.conn) }

// Market queries the stage market.
func (c *Client) Market() marketv1.QueryClient { return marketv1.NewQueryClient(c.conn) }

// Work queries the stage work.
func (c *Client) Work() workv1.QueryClient { return workv1.NewQueryClient(c.conn) }

// Quality queries the stage quality.
func (c *Client) Quality() qualityv1.QueryClient { return qualityv1.NewQueryClient(c.conn) }

// Settle queries the stage settle.
func (c *Client) Settle() settlev1.QueryClient { return settlev1.NewQueryClient(c.conn) }

// Dataset queries the stage dataset.
func (c *Client) Dataset() datasetv1.QueryClient { return datasetv1.NewQueryClient(c.conn) }

// Model queries the stage model.
func (c *Client) Model() modelv1.QueryClient { return modelv1.NewQueryClient(c.conn) }
