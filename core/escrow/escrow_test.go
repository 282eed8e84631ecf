package escrow_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

const (
	request id.RequestID = "1f3a5b7c9d2e4f60"
	model   id.ModelID   = "2c6d8e0f1a3b5c7d"
	ann     id.Address   = "alaya1ann"
	bob     id.Address   = "alaya1bob"
)

func TestAccountNamesAreStable(t *testing.T) {
	tests := []struct {
		account escrow.Account
		text    string
		inside  bool
		owner   id.Address
		request id.RequestID
	}{
		{escrow.Pool, "pool", false, "", ""},
		{escrow.Wallet(ann), "wallet/alaya1ann", false, ann, ""},
		{escrow.Budget(request), "budget/1f3a5b7c9d2e4f60", true, "", request},
		{escrow.Fees(request), "fees/1f3a5b7c9d2e4f60", true, "", request},
		{escrow.Pending(request), "pending/1f3a5b7c9d2e4f60", true, "", request},
		{escrow.Deposit(request, ann), "deposit/1f3a5b7c9d2e4f60/alaya1ann", true, "", request},
		{escrow.Deposits(model), "deposits/2c6d8e0f1a3b5c7d", true, "", "2c6d8e0f1a3b5c7d"},
		{escrow.Rewards(model), "rewards/2c6d8e0f1a3b5c7d", true, "", "2c6d8e0f1a3b5c7d"},
		{escrow.Bounty(model, 12), "bounty/2c6d8e0f1a3b5c7d/12", true, "", "2c6d8e0f1a3b5c7d"},
		{escrow.Stake(request, ann), "stake/1f3a5b7c9d2e4f60/alaya1ann", true, "", request},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			a := tt.account
			owner, wallet := a.Owner()
			if string(a) != tt.text || a.Inside() != tt.inside || a.Request() != tt.request {
				t.Errorf("account %q: inside %t, request %q; want %q, %t, %q", a, a.Inside(), a.Request(), tt.text, tt.inside, tt.request)
			}
			if wallet != (tt.owner != "") || wallet && owner != tt.owner {
				t.Errorf("account %q: owner %q, %t; want %q", a, owner, wallet, tt.owner)
			}
		})
	}
}

func TestCarryMovesMoneyAcrossTheLedger(t *testing.T) {
	h := memory.NewHolder()
	h.Fund(ann, 100)
	err := escrow.Carry(h, []escrow.Transfer{
		{From: escrow.Wallet(ann), To: escrow.Budget(request), Amount: 60, Why: "budget"},
		{From: escrow.Wallet(bob), To: escrow.Fees(request), Amount: 0, Why: "nothing, from one who has nothing"},
		{From: escrow.Budget(request), To: escrow.Pending(request), Amount: 50, Why: "pay set aside"},
		{From: escrow.Pending(request), To: escrow.Wallet(bob), Amount: 50, Why: "pay"},
		{From: escrow.Budget(request), To: escrow.Pool, Amount: 3, Why: "fee"},
	})
	if err != nil {
		t.Fatal(err)
	}
	budget, _ := h.Balance(escrow.Budget(request))
	pending, _ := h.Balance(escrow.Pending(request))
	if budget != 7 || pending != 0 || h.Wallet(ann) != 40 || h.Wallet(bob) != 50 || h.Pool() != 3 {
		t.Errorf("budget %d, pending %d, ann %d, bob %d, pool %d; want 7, 0, 40, 50, 3", budget, pending, h.Wallet(ann), h.Wallet(bob), h.Pool())
	}
	if err := h.Check(); err != nil {
		t.Error(err)
	}
}

func TestCarryRefuses(t *testing.T) {
	budget, fees := escrow.Budget(request), escrow.Fees(request)
	tests := []struct {
		name     string
		transfer escrow.Transfer
		kind     fault.Kind
	}{
		{"more than the account holds", escrow.Transfer{From: budget, To: fees, Amount: 11}, fault.KindFunds},
		{"money of an account that does not exist", escrow.Transfer{From: fees, To: budget, Amount: 1}, fault.KindFunds},
		{"more than the wallet has", escrow.Transfer{From: escrow.Wallet(ann), To: budget, Amount: 91}, fault.KindFunds},
		{"less than nothing", escrow.Transfer{From: budget, To: fees, Amount: -1}, fault.KindInvalid},
		{"from wallet to wallet", escrow.Transfer{From: escrow.Wallet(ann), To: escrow.Wallet(bob), Amount: 1}, fault.KindInvalid},
		{"from wallet to pool", escrow.Transfer{From: escrow.Wallet(ann), To: escrow.Pool, Amount: 1}, fault.KindInvalid},
		{"from an account to itself", escrow.Transfer{From: budget, To: budget, Amount: 1}, fault.KindInvalid},
		{"money of the pool", escrow.Transfer{From: escrow.Pool, To: budget, Amount: 1}, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := memory.NewHolder()
			h.Fund(ann, 100)
			fund := escrow.Transfer{From: escrow.Wallet(ann), To: budget, Amount: 10}
			err := escrow.Carry(h, []escrow.Transfer{fund, tt.transfer})
			if fault.KindOf(err) != tt.kind {
				t.Errorf("%+v: %v, want kind %s", tt.transfer, err, tt.kind)
			}
			if held, _ := h.Balance(budget); held != 10 || h.Inside() != 10 || h.Wallet(ann) != 90 {
				t.Errorf("a refused transfer left budget %d, inside %d, wallet %d; want 10, 10, 90", held, h.Inside(), h.Wallet(ann))
			}
		})
	}
}

func TestCarryRefusesASumOutOfRange(t *testing.T) {
	h := memory.NewHolder()
	h.Fund(ann, math.MaxInt64)
	all := escrow.Transfer{From: escrow.Wallet(ann), To: escrow.Budget(request), Amount: math.MaxInt64}
	if err := escrow.Carry(h, []escrow.Transfer{all}); err != nil {
		t.Fatal(err)
	}
	h.Fund(bob, 1)
	one := escrow.Transfer{From: escrow.Wallet(bob), To: escrow.Budget(request), Amount: 1}
	if err := escrow.Carry(h, []escrow.Transfer{one}); !fault.Is(err, fault.KindLimit) {
		t.Errorf("%d + 1 ualy: %v, want kind limit", int64(math.MaxInt64), err)
	}
}

func TestNoTransferMakesOrLosesMoney(t *testing.T) {
	accounts := []escrow.Account{
		escrow.Wallet(ann), escrow.Wallet(bob), escrow.Pool, escrow.Budget(request), escrow.Fees(request),
		escrow.Pending(request), escrow.Deposit(request, bob), escrow.Stake(request, bob),
	}
	account := rapid.SampledFrom(accounts)
	transfer := rapid.Custom(func(t *rapid.T) escrow.Transfer {
		return escrow.Transfer{
			From: account.Draw(t, "from"), To: account.Draw(t, "to"), Amount: num.Amount(rapid.Int64Range(-5, 60).Draw(t, "amount")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		h := memory.NewHolder()
		h.Fund(ann, 200)
		h.Fund(bob, 100)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			batch := rapid.SliceOfN(transfer, 1, 4).Draw(t, "batch")
			before := h.Inside()
			err := escrow.Carry(h, batch)
			if bad := h.Check(); bad != nil {
				t.Fatalf("after %+v (%v): %v", batch, err, bad)
			}
			if err == nil && h.Inside() != before+crossed(batch) {
				t.Fatalf("after %+v: inside %d, want %d", batch, h.Inside(), before+crossed(batch))
			}
		}
	})
}

// crossed is what a batch brings into the ledger less what it takes out.
func crossed(batch []escrow.Transfer) num.Amount {
	var sum num.Amount
	for _, t := range batch {
		if !t.From.Inside() {
			sum += t.Amount
		}
		if !t.To.Inside() {
			sum -= t.Amount
		}
	}
	return sum
}
