package party_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

func TestStakeMovesAlongItsTable(t *testing.T) {
	allowed := map[[2]party.StakeState]bool{
		{party.StakeLocked, party.StakeUnbonding}:   true,
		{party.StakeLocked, party.StakeSlashed}:     true,
		{party.StakeUnbonding, party.StakeReturned}: true,
	}
	for from := party.StakeState(0); from <= party.StakeSlashed+1; from++ {
		for to := party.StakeState(0); to <= party.StakeSlashed+1; to++ {
			if got := from.CanMove(to); got != allowed[[2]party.StakeState{from, to}] {
				t.Errorf("%v (%d) to %v (%d): CanMove = %t", from, uint8(from), to, uint8(to), got)
			}
		}
	}
}

func TestEachStrikeCostsMore(t *testing.T) {
	stake, _ := party.Lock(request, owner, 1001)
	var conduct party.Conduct
	for _, tt := range []struct {
		name          string
		taken, budget num.Amount
		state         party.StakeState
	}{
		{"the first is a warning", 0, 0, party.StakeLocked},
		{"the second costs a quarter, rounded down", 250, 100, party.StakeLocked},
		{"the third costs all that is left", 751, 100, party.StakeSlashed},
	} {
		before := stake
		var moves []escrow.Transfer
		var err error
		stake, moves, err = stake.Slash(conduct.SlashShare(), 100, tt.name)
		conduct = conduct.Strike()
		from := escrow.Stake(request, owner)
		want := []escrow.Transfer{
			{From: from, To: escrow.Budget(request), Amount: tt.budget, Why: "slash: re-labelling"},
			{From: from, To: escrow.Pool, Amount: tt.taken - tt.budget, Why: "slash"},
		}
		if err != nil || !slices.Equal(moves, want) {
			t.Errorf("%s: %v, %v; want %v", tt.name, moves, err, want)
		}
		if stake.Slashed-before.Slashed != tt.taken || stake.State != tt.state || stake.Cause != tt.name || stake.Check() != nil {
			t.Errorf("%s: %+v (%v)", tt.name, stake, stake.Check())
		}
	}
	_, moves, err := stake.Slash(num.One, 0, "again")
	wantError(t, err, fault.KindState, "slashed cannot be slashed")
	if moves != nil {
		t.Errorf("refused, but %v", moves)
	}
}

func TestAStakeReturnsAfterItsDelay(t *testing.T) {
	stake, lock := party.Lock(request, owner, 500)
	if want := []escrow.Transfer{{From: escrow.Wallet(owner), To: escrow.Stake(request, owner), Amount: 500, Why: "stake"}}; !slices.Equal(lock, want) {
		t.Errorf("Lock = %v, want %v", lock, want)
	}
	_, _, err := stake.Return(now)
	wantError(t, err, fault.KindState, "locked cannot become returned")
	stake, err = stake.Unbond(now, 7*day)
	if err != nil || stake.ReleaseAt != now.Add(7*day) || stake.Held() != 500 {
		t.Errorf("Unbond = %+v, %v", stake, err)
	}
	_, _, err = stake.Slash(num.One, 0, "late")
	wantError(t, err, fault.KindState, "unbonding cannot be slashed")
	_, _, err = stake.Return(now.Add(7*day) - 1)
	wantError(t, err, fault.KindState, "unbonds until")
	stake, back, err := stake.Return(now.Add(7 * day))
	want := []escrow.Transfer{{From: escrow.Stake(request, owner), To: escrow.Wallet(owner), Amount: 500, Why: "stake returned"}}
	if err != nil || !slices.Equal(back, want) || stake.Held() != 0 {
		t.Errorf("Return = %+v, %v, %v; want %v", stake, back, err, want)
	}
	_, _, err = stake.Return(now.Add(8 * day))
	wantError(t, err, fault.KindState, "returned cannot become returned")
}

func TestStakesAreChecked(t *testing.T) {
	for name, s := range map[string]party.Stake{
		"no state": {Amount: 5}, "an unknown state": {Amount: 5, State: 5}, "an amount below zero": {Amount: -1, State: party.StakeLocked},
		"slashed below zero":           {Amount: 5, Slashed: -1, State: party.StakeLocked},
		"slashed more than there was":  {Amount: 5, Slashed: 6, State: party.StakeSlashed},
		"slashed whole, but locked":    {Amount: 5, Slashed: 5, State: party.StakeLocked},
		"slashed in part, but no more": {Amount: 5, Slashed: 4, State: party.StakeSlashed},
	} {
		if fault.KindOf(s.Check()) != fault.KindInternal {
			t.Errorf("%s: Check = %v, want internal", name, s.Check())
		}
	}
	for name, s := range map[string]party.Stake{
		"nothing staked": {State: party.StakeLocked}, "slashed in part": {Amount: 5, Slashed: 4, State: party.StakeUnbonding},
		"slashed whole": {Amount: 5, Slashed: 5, State: party.StakeSlashed},
	} {
		if err := s.Check(); err != nil {
			t.Errorf("%s: Check = %v", name, err)
		}
	}
}

// stakes is one stake, the conduct of its owner, and the ledger.
type stakes struct {
	now     id.Time
	money   *memory.Holder
	stake   party.Stake
	conduct party.Conduct
	ends    int
}

func (s *stakes) apply(r *rapid.T, next party.Stake, moves []escrow.Transfer, err error) bool {
	if fault.Is(err, fault.KindState) {
		return false
	}
	if err == nil {
		err = escrow.Carry(s.money, moves)
	}
	if err != nil {
		r.Fatal(err)
	}
	over := next.State == party.StakeReturned || next.State == party.StakeSlashed
	if over && s.stake.State != next.State {
		s.ends++
	}
	s.stake = next
	return true
}

func (s *stakes) slash(r *rapid.T) {
	relabel := num.Amount(rapid.Int64Range(0, 2000).Draw(r, "relabel"))
	next, moves, err := s.stake.Slash(s.conduct.SlashShare(), relabel, "cause")
	if s.apply(r, next, moves, err) {
		s.conduct = s.conduct.Strike()
	}
}

func (s *stakes) unbond(r *rapid.T) {
	next, err := s.stake.Unbond(s.now, day)
	s.apply(r, next, nil, err)
}

func (s *stakes) giveBack(r *rapid.T) {
	s.now = s.now.Add(rapid.Int64Range(0, day).Draw(r, "passes"))
	next, moves, err := s.stake.Return(s.now)
	s.apply(r, next, moves, err)
}

func (s *stakes) check(r *rapid.T) {
	if err := s.stake.Check(); err != nil {
		r.Fatal(err)
	}
	if err := s.money.Check(); err != nil {
		r.Fatal(err)
	}
	held, _ := s.money.Balance(escrow.Stake(request, owner))
	budget, _ := s.money.Balance(escrow.Budget(request))
	if held != s.stake.Held() {
		r.Fatalf("escrow holds %s for %+v", held, s.stake)
	}
	if budget+s.money.Pool() != s.stake.Slashed {
		r.Fatalf("slashed %s, budget got %s, pool %s", s.stake.Slashed, budget, s.money.Pool())
	}
	if s.ends > 1 || s.stake.State == party.StakeReturned && s.money.Wallet(owner) != s.stake.Amount-s.stake.Slashed {
		r.Fatalf("ended %d times, wallet %s, %+v", s.ends, s.money.Wallet(owner), s.stake)
	}
}

func TestAStakeIsReturnedOrSlashedOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := &stakes{now: now, money: memory.NewHolder()}
		amount := num.Amount(rapid.Int64Range(0, 1000).Draw(r, "amount"))
		s.money.Fund(owner, amount)
		stake, lock := party.Lock(request, owner, amount)
		s.apply(r, stake, lock, nil)
		r.Repeat(map[string]func(*rapid.T){"": s.check, "slash": s.slash, "unbond": s.unbond, "return": s.giveBack})
	})
}
