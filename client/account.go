package client

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"sync"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// maxResigned is how often one Broadcast signs anew when the chain expects
// another sequence.
const maxResigned = 5

// Account is a key with its place in the sequence of its transactions. It
// keeps count by itself, so many may be in flight. All methods may be called
// concurrently; one Account per key and process avoids needless re-signing.
type Account struct {
	client  *Client
	key     Key
	address id.Address

	mu       sync.Mutex
	known    bool
	number   uint64
	sequence uint64
	payer    id.Address // of fees; "": itself
}

// Account returns the account of a key. It asks the chain nothing yet.
func (c *Client) Account(key Key) (*Account, error) {
	address, err := AddressOf(sdk.AccAddress(key.PublicKey().Address()))
	if err != nil {
		return nil, err
	}
	return &Account{client: c, key: key, address: address}, nil
}

// Address returns the account's address.
func (a *Account) Address() id.Address { return a.address }

// Send broadcasts one transaction and waits until it is in a block.
func (a *Account) Send(ctx context.Context, messages ...sdk.Msg) (Result, error) {
	p, err := a.Broadcast(ctx, messages...)
	if err != nil {
		return Result{}, err
	}
	return p.Wait(ctx)
}

// Broadcast signs 1 to MaxMessages messages as one transaction, of which all
// or none take effect, and returns once the node has taken it. When the node
// has no room it waits for the next block and tries again until ctx ends. A
// refusal wraps a TxError.
func (a *Account) Broadcast(ctx context.Context, messages ...sdk.Msg) (*Pending, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	d, err := a.draft(ctx, messages)
	if err != nil {
		return nil, err
	}
	for range maxResigned {
		p, next, err := a.attempt(ctx, d)
		if err != nil {
			return nil, err
		}
		a.sequence = next
		if p != nil {
			return p, nil
		}
	}
	return nil, fault.State("client: %s: signed %d times, and the sequence was another each time: is the key used elsewhere?",
		a.address, maxResigned)
}

// attempt signs and sends d at the account's sequence, and returns the next
// one. When the chain is at another, it returns that and no Pending.
func (a *Account) attempt(ctx context.Context, d draft) (*Pending, uint64, error) {
	raw, err := a.sign(ctx, d)
	if err != nil {
		return nil, 0, err
	}
	p, err := a.client.Broadcast(ctx, raw)
	if want, _, other := sequenceMismatch(err); other {
		return nil, want, nil
	}
	if err != nil {
		a.known = isRefusal(err) // after any other failure the node may have taken it
		return nil, 0, err
	}
	if p.known { // these very bytes: waiting still, or in a block from before
		_, committed, err := a.query(ctx)
		if err != nil || committed > a.sequence {
			p.Abandon()
			return nil, committed, err
		}
	}
	return p, a.sequence + 1, nil
}

// Sign returns the bytes of the account's next transaction, for
// Client.Broadcast: in the order of signing, as each takes the sequence after
// the one before.
func (a *Account) Sign(ctx context.Context, messages ...sdk.Msg) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	d, err := a.draft(ctx, messages)
	if err != nil {
		return nil, err
	}
	raw, err := a.sign(ctx, d)
	if err == nil {
		a.sequence++
	}
	return raw, err
}

// draft packs messages and says what they may cost.
func (a *Account) draft(ctx context.Context, messages []sdk.Msg) (draft, error) {
	d, err := newDraft(messages)
	if err == nil {
		d.fee, err = a.fee(ctx, d)
	}
	return d, err
}

// sign signs d at the account's sequence.
func (a *Account) sign(ctx context.Context, d draft) ([]byte, error) {
	if err := a.load(ctx); err != nil {
		return nil, err
	}
	return d.sign(a.key, order{chainID: a.client.chainID, number: a.number, sequence: a.sequence})
}

// load asks for the account's number and sequence if they are not known.
func (a *Account) load(ctx context.Context) (err error) {
	if !a.known {
		a.number, a.sequence, err = a.query(ctx)
		a.known = err == nil
	}
	return err
}

func (a *Account) query(ctx context.Context) (number, sequence uint64, err error) {
	res, err := authtypes.NewQueryClient(a.client.conn).AccountInfo(ctx,
		&authtypes.QueryAccountInfoRequest{Address: a.address.String()})
	if fault.Is(err, fault.KindNotFound) {
		return 0, 0, fault.Funds("client: account %s: not on the chain yet: it begins with its first coins", a.address)
	}
	if err != nil {
		return 0, 0, err
	}
	if res.Info == nil {
		return 0, 0, fault.Internal("client: account %s: the node's answer is empty", a.address)
	}
	return res.Info.AccountNumber, res.Info.Sequence, nil
}

func isRefusal(err error) bool {
	var refusal *TxError
	return errors.As(err, &refusal)
}

// sequenceMismatch reads the sequence that the chain wanted and the one it got
// from its refusal, which has them in the text only.
func sequenceMismatch(err error) (want, got uint64, ok bool) {
	var refusal *TxError
	if !errors.As(err, &refusal) || refusal.Codespace != sdkerrors.RootCodespace ||
		refusal.Code != sdkerrors.ErrWrongSequence.ABCICode() {
		return 0, 0, false
	}
	return readMismatch(refusal.Log)
}

var mismatch = regexp.MustCompile(`account sequence mismatch, expected (\d+), got (\d+)`)

// readMismatch reads the two sequences of a mismatch from its text.
func readMismatch(text string) (want, got uint64, ok bool) {
	match := mismatch.FindStringSubmatch(text)
	if match == nil {
		return 0, 0, false
	}
	want, errWant := strconv.ParseUint(match[1], 10, 64)
	got, errGot := strconv.ParseUint(match[2], 10, 64)
	return want, got, errWant == nil && errGot == nil
}
