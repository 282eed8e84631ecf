package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// learnt are the parameters that items leave, in order.
func learnt(t *testing.T, c learn.Config, list ...[]model.Offer) *learn.Memory {
	t.Helper()
	l, err := learn.New(c)
	if err != nil {
		t.Fatal(err)
	}
	var s learn.Memory
	for _, batch := range list {
		for _, o := range batch {
			l.Update(&s, o.Input, o.Label)
		}
	}
	return &s
}

// settleDown lets blocks pass until no replay is under way.
func (w *world) settleDown(m id.ModelID) {
	w.t.Helper()
	for range 200 {
		if !w.model(m).Replaying() {
			w.blocks(3)
			return
		}
		w.block(1_000)
	}
	w.t.Fatalf("%s still makes generation %d", m, w.model(m).Replay.Generation)
}

func TestARollbackMakesTheParametersAnewWhileTheModelGoesOnLearning(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	rules.Config.Family = learn.Arow
	rules.Owner, rules.OwnerUntil = person("ann"), w.Now().Add(model.MaxOwn)
	m := w.create("ann", rules)
	first, poison, later := offers(120, 1), flipped(offers(100, 2)), offers(50, 3)
	w.give("bob", m, first...)
	w.give("eve", m, poison...)
	_, err := w.msg.Rollback(w.Ctx, &modelv1.MsgRollback{Owner: string(person("eve")), Model: string(m), To: 120})
	w.refused(err, fault.KindForbidden)
	_, err = w.msg.Rollback(w.Ctx, &modelv1.MsgRollback{Owner: string(person("ann")), Model: string(m), To: 120})
	w.must(err)
	w.give("cat", m, later...)
	w.sound()
	w.settleDown(m)
	same(t, "after the rollback", w.parameters(m), learnt(t, rules.Config, first, later))
	if got := w.model(m); got.Generation != 1 || got.Updates != 170 {
		t.Errorf("generation %d after %d updates, want 1 after 170", got.Generation, got.Updates)
	}
	g, err := w.keeper.ExportGenesis(w.Ctx)
	w.must(err)
	for _, c := range g.Chunks {
		if name, _, err := wire.ParseChunkKey(c.Key); err != nil || name.Number != 1 {
			t.Fatalf("generation %d is still there, %v", name.Number, err)
		}
	}
	w.judge()
	w.sound()
}

func TestWithdrawnItemsLeaveTheParameters(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Arow} {
		w := newWorld(t)
		rules := terms(model.Points)
		rules.Config.Family = family
		m := w.create("ann", rules)
		bob, cat := offers(30, 1), offers(30, 2)
		w.give("bob", m, bob...)
		w.give("cat", m, cat...)
		w.judge()
		var numbers []uint64
		for n := range uint64(30) {
			numbers = append(numbers, n+1)
		}
		res, err := w.msg.Withdraw(w.Ctx, &modelv1.MsgWithdraw{Author: string(person("bob")), Model: string(m), Numbers: numbers})
		w.must(err)
		if res.Stale != (family == learn.Arow) {
			t.Errorf("%s: stale %t", family, res.Stale)
		}
		rebuild := func() error {
			_, err := w.msg.Rebuild(w.Ctx, &modelv1.MsgRebuild{Sender: string(person("dan")), Model: string(m)})
			return err
		}
		if res.Stale {
			w.must(rebuild())
			w.settleDown(m)
		}
		w.refused(rebuild(), fault.KindState)
		same(t, family, w.parameters(m), learnt(t, rules.Config, cat))
		w.sound()
	}
}

func TestAForkStartsAsItsParentWasAndMayReplaceIt(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	var holdout []model.Item
	var leaves [][]byte
	for i := range uint32(40) {
		o := offer(int64(i%2), int(9_000+i))
		item := model.Item{Input: o.Input, Label: o.Label, Salt: []byte("sixteen bytes at least")}
		holdout = append(holdout, item)
		leaves = append(leaves, item.Leaf(model.HoldoutDomain, 0, i))
	}
	tree := merkle.NewTree(leaves)
	rules.Holdout = model.Holdout{Root: tree.Root(), Count: 40, Slice: 20}
	champion := w.create("ann", rules)
	good, poison := offers(60, 1), flipped(offers(80, 2))
	w.give("bob", champion, good...)
	w.give("eve", champion, poison...)

	fork, err := w.msg.ForkModel(w.Ctx, &modelv1.MsgForkModel{
		Creator: string(person("dan")), Terms: wire.ModelTermsToProto(rules), At: modelv1.Version{Model: string(champion), Entry: 60},
	})
	w.must(err)
	challenger := id.ModelID(fork.Id)
	w.sound()
	challenge := &modelv1.MsgChallenge{
		Sender: string(person("dan")), Champion: string(champion), Challenger: string(challenger), Margin: one / 100, Within: 100_000,
	}
	if w.model(challenger).Replaying() {
		_, err = w.msg.Challenge(w.Ctx, challenge)
		w.refused(err, fault.KindInvalid)
	}
	w.settleDown(challenger)
	same(t, "fork", w.parameters(challenger), learnt(t, rules.Config, good))

	opened, err := w.msg.Challenge(w.Ctx, challenge)
	w.must(err)
	score := func(from, to uint32) (*modelv1.MsgScoreChallengeResponse, error) {
		msg := &modelv1.MsgScoreChallenge{Sender: string(person("ann")), Champion: string(champion), Number: opened.Number}
		for n := from; n < to; n++ {
			path, err := tree.Proof(uint64(n))
			w.must(err)
			item := modelv1.ProvenItem{Item: wire.ItemToProto(holdout[n])}
			for _, h := range path {
				item.Path = append(item.Path, h[:])
			}
			msg.Items = append(msg.Items, item)
		}
		return w.msg.ScoreChallenge(w.Ctx, msg)
	}
	_, err = score(5, 9)
	w.refused(err, fault.KindInvalid)
	_, err = score(0, 12)
	w.must(err)
	res, err := score(12, 20)
	w.must(err)
	if res.Challenge.State != modelv1.ChallengeState_CHALLENGE_STATE_PROMOTED {
		t.Errorf("the challenge is %s: losses %d and %d", res.Challenge.State, res.Challenge.ChampionLoss, res.Challenge.ChallengerLoss)
	}
	if got := w.model(champion); got.State != model.Replaced || got.Successor != challenger {
		t.Errorf("the champion is %s, successor %q", got.State, got.Successor)
	}
	_, err = w.contribute("bob", champion, offers(1, 9)...)
	w.refused(err, fault.KindState)
	w.judge()
	w.sound()
}

func TestAChallengeThatIsNotRevealedFails(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	rules.Holdout = model.Holdout{Root: id.Sum("holdout"), Count: 40, Slice: 20}
	champion := w.create("ann", rules)
	fork, err := w.msg.ForkModel(w.Ctx, &modelv1.MsgForkModel{
		Creator: string(person("dan")), Terms: wire.ModelTermsToProto(rules), At: modelv1.Version{Model: string(champion)},
	})
	w.must(err)
	w.settleDown(id.ModelID(fork.Id))
	_, err = w.msg.Challenge(w.Ctx, &modelv1.MsgChallenge{
		Sender: string(person("dan")), Champion: string(champion), Challenger: fork.Id, Within: 60_000,
	})
	w.must(err)
	w.block(60_001)
	w.block(1)
	res, err := w.query.Challenges(w.Ctx, &modelv1.QueryChallengesRequest{Model: string(champion)})
	w.must(err)
	if len(res.Challenges) != 1 || res.Challenges[0].State != modelv1.ChallengeState_CHALLENGE_STATE_FAILED {
		t.Errorf("challenges %v, want one that failed", res.Challenges)
	}
	w.sound()
}

func TestOnlyTheCreatorPublishesWhatWasContributed(t *testing.T) {
	w := newWorld(t)
	m := w.create("ann", terms(model.Points))
	w.give("bob", m, offers(4, 1)...)
	root, content := id.Sum("records"), string(id.RawCID([]byte("records")))
	publish := func(who string, records uint64) error {
		_, err := w.msg.PublishDataset(w.Ctx, &modelv1.MsgPublishDataset{
			Sender: string(person(who)), Model: string(m), RecordsRoot: root[:], Records: records,
			Content: content, Manifest: content, Label: content,
		})
		return err
	}
	w.refused(publish("bob", 4), fault.KindForbidden)
	w.refused(publish("ann", 5), fault.KindLimit)
	w.must(publish("ann", 4))
	if len(w.flow.published) != 1 || w.flow.published[0].VerdictDigest != w.model(m).Root {
		t.Errorf("published %v", w.flow.published)
	}
}
