package audit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

func contains(err error, place string) bool {
	return err != nil && strings.Contains(err.Error(), place)
}

func TestAnHonestFolderIsAccepted(t *testing.T) {
	c := newCampaign(t)
	dir := c.deliver()
	set, _ := c.validatorSet()
	trust := &audit.Trust{Validators: set, From: "the test"}
	for name, o := range map[string]audit.Options{
		"by itself": {}, "with the key": {Key: pseudonymKey()}, "with known validators": {Trust: trust},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := audit.Verify(dir, o)
			if err != nil || !report.OK || len(report.Checks) != 10 {
				t.Errorf("Verify: %v\n%s", err, report)
			}
			if report.Dataset != c.Dataset.ID || report.Version != 1 || report.Chain != chainID || report.Height != 2 {
				t.Errorf("report on %s version %d, chain %s, height %d", report.Dataset, report.Version, report.Chain, report.Height)
			}
		})
	}
}

func TestASubmissionThatWasMissingMayStayMissing(t *testing.T) {
	c := newCampaign(t)
	lost := c.Submissions[2].Content
	kept := c.papers[lost]
	delete(c.papers, lost)
	c.Jobs, c.Verdicts = nil, nil
	rounds, subs := c.Rounds, c.Submissions
	c.Rounds, c.Submissions = rounds[:1:1], subs[:4:4]
	v := c.judge(true)
	if len(v.Missing) != 1 || !v.Final {
		t.Fatalf("verdict misses %v, final %t", v.Missing, v.Final)
	}
	c.finish(v)
	c.Engagements = c.Engagements[:3]
	c.ballots = slices.DeleteFunc(c.ballots, func(v delivery.Vote) bool {
		return v.Round > 1 || bytes.Contains(kept, fmt.Appendf(nil, `"ms":%d}`, v.Ms))
	})
	if report, err := audit.Verify(c.deliver(), audit.Options{}); err != nil {
		t.Errorf("Verify: %v\n%s", err, report)
	}
}

func TestGoldThatCameTooLateChangesNothing(t *testing.T) {
	c := newCampaign(t)
	gold := c.Rounds[0].GoldContent
	kept := c.papers[gold]
	delete(c.papers, gold)
	c.Jobs, c.Verdicts, c.Rounds, c.Submissions = nil, nil, c.Rounds[:1:1], c.Submissions[:4:4]
	c.Engagements, c.ballots = c.Engagements[:3], slices.DeleteFunc(c.ballots, func(v delivery.Vote) bool { return v.Round > 1 })
	c.finish(c.judge(true))
	c.papers[gold] = kept
	if report, err := audit.Verify(c.deliver(), audit.Options{}); err != nil {
		t.Errorf("Verify: %v\n%s", err, report)
	}
}

// changes are ways to harm a file; each says what it did.
var changes = []struct {
	name string
	do   func(t *rapid.T, text []byte) []byte
}{
	{"flip a bit", func(t *rapid.T, text []byte) []byte {
		text = slices.Clone(text)
		text[rapid.IntRange(0, len(text)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		return text
	}},
	{"truncate", func(t *rapid.T, text []byte) []byte { return text[:rapid.IntRange(0, len(text)-1).Draw(t, "length")] }},
	{"append", func(t *rapid.T, text []byte) []byte { return append(slices.Clone(text), "\n"...) }},
	{"delete", func(*rapid.T, []byte) []byte { return nil }},
}

// harm changes one file of the folder and returns its name and a function that
// mends it.
func harm(t *rapid.T, dir string, files []delivery.File) (name string, mend func()) {
	f := rapid.SampledFrom(files).Draw(t, "file")
	change := rapid.SampledFrom(changes).Draw(t, "change")
	path := filepath.Join(dir, filepath.FromSlash(f.Name))
	var err error
	if text := change.do(t, f.Text); text == nil {
		err = os.Remove(path)
	} else {
		err = os.WriteFile(path, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f.Name, func() {
		if err := os.WriteFile(path, f.Text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOneHarmedByteIsFoundAndItsFileNamed(t *testing.T) {
	c := newCampaign(t)
	dir, files := c.deliver(), c.files()
	rapid.Check(t, func(t *rapid.T) {
		name, mend := harm(t, dir, files)
		defer mend()
		report, err := audit.Verify(dir, audit.Options{})
		if !contains(err, name) || report.OK {
			t.Fatalf("%s was harmed: %v", name, err)
		}
	})
}

// A forger writes checksums and Croissant anew after the change.
func TestOneHarmedByteIsFoundUnderForgedChecksums(t *testing.T) {
	c := newCampaign(t)
	dir, files := c.deliver(), c.files()
	files = slices.DeleteFunc(files, func(f delivery.File) bool { return f.Name == delivery.SumsFile })
	rapid.Check(t, func(t *rapid.T) {
		name, mend := harm(t, dir, files)
		defer mend()
		forge(t, dir, files)
		if report, err := audit.Verify(dir, audit.Options{}); err == nil {
			t.Fatalf("%s was harmed and passes:\n%s", name, report)
		}
	})
}

// forge makes checksums and Croissant fit the folder as it is.
func forge(t *rapid.T, dir string, files []delivery.File) {
	croissant, err := os.ReadFile(filepath.Join(dir, delivery.CroissantFile))
	if err != nil {
		return // it was deleted
	}
	var sums []byte
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name)))
		if err != nil || f.Name == delivery.CroissantFile {
			continue
		}
		old, now := id.RawCID(f.Text).Digest().String(), id.RawCID(text).Digest().String()
		croissant = bytes.ReplaceAll(croissant, []byte(old), []byte(now))
		sums = fmt.Appendf(sums, "%s  %s\n", now, f.Name)
	}
	sums = fmt.Appendf(sums, "%s  %s\n", id.RawCID(croissant).Digest(), delivery.CroissantFile)
	for name, text := range map[string][]byte{delivery.CroissantFile: croissant, delivery.SumsFile: sums} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Each of these chains signed something that does not follow, and its owner
// delivered a folder that agrees with it.
func TestADishonestChainIsFound(t *testing.T) {
	tests := []struct {
		name   string
		change func(c *campaign)
		check  string
		place  string
	}{
		{"a verdict with an item too many", func(c *campaign) { c.agreeOn(func() { c.Verdicts[0].Accepted++ }) }, "verdicts", "verdict on round 1: computed again"},
		{"a final verdict with another measure", func(c *campaign) { c.agreeOn(func() { c.Verdicts[1].Measure.LowerBound++ }) }, "verdicts", "Measure is"},
		{"a job over other submissions", func(c *campaign) { c.Jobs[0].Inputs = id.Sum("others") }, "bundle", audit.SubmissionsFile},
		{"a price that was not agreed on", func(c *campaign) { c.Engagements[1].Price++ }, "verdicts", "verdict on round 2"},
		{"a settlement of another sum", func(c *campaign) { c.Settlements[0].Total++ }, "payouts", "settlement of milestone 0"},
		{"a settlement of another vector", func(c *campaign) { c.Settlements[0].Root = id.Sum("friends") }, "payouts", "settlement of milestone 0"},
		{"more released than was earned", func(c *campaign) { c.Settlements[0].Released = c.Settlements[0].Total + 1 }, "payouts", "released"},
		{"terms that were changed later", func(c *campaign) { c.Request.Terms.PriceCap++ }, "bundle", "terms with hash"},
		{"a version of another verdict", func(c *campaign) { c.Dataset.VerdictDigest = id.Sum("another") }, "dataset", "verdict on round 2"},
		{"too few signatures", func(c *campaign) { c.silent = 2 }, "header", audit.HeaderFile},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCampaign(t)
			tt.change(c)
			refuted(t, c.deliver(), audit.Options{}, tt.check, tt.place)
		})
	}
}

// agreeOn changes a verdict and makes job and dataset agree on it.
func (c *campaign) agreeOn(change func()) {
	change()
	for i, v := range c.Verdicts {
		c.Jobs[i].Digest = v.Digest()
		c.Dataset.VerdictDigest = v.Digest()
	}
}

func TestWhomToTrustDecides(t *testing.T) {
	c := newCampaign(t)
	dir := c.deliver()
	set, _ := c.validatorSet()
	header, err := client.Header{Validators: set}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	known, err := audit.ParseTrust(header, "file")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Verify(dir, audit.Options{Trust: known}); err != nil {
		t.Errorf("the chain's own validators: %v", err)
	}
	others := &campaign{t: t, validators: []string{"five", "six"}}
	set, _ = others.validatorSet()
	refuted(t, dir, audit.Options{Trust: &audit.Trust{Validators: set, From: "strangers"}}, "header", "strangers")
	for _, text := range []string{"", "{}", `{"validators":[]}`, `{"validators":[{}]}`, `{"validators":[null]}`, `{"result":{"validators":[{"voting_power":"-1"}]}}`} {
		if _, err := audit.ParseTrust([]byte(text), "file"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("ParseTrust(%s): %v, want kind invalid", text, err)
		}
	}
}

func TestVotesAreComparedByNameUnderTheKey(t *testing.T) {
	c := newCampaign(t)
	refuted(t, c.deliver(), audit.Options{Key: []byte("another key, of no use here .....")}, "votes", delivery.VotesFile)
	swapped := newCampaign(t)
	for i, v := range swapped.ballots {
		swapped.ballots[i].Pseudonym = "x" + v.Pseudonym
	}
	dir := swapped.deliver()
	if _, err := audit.Verify(dir, audit.Options{}); err != nil {
		t.Errorf("other names for the same people: %v", err)
	}
	refuted(t, dir, audit.Options{Key: pseudonymKey()}, "votes", delivery.VotesFile)
}

func TestVotesThatNobodyGaveAreFound(t *testing.T) {
	tests := []struct {
		name   string
		change func(votes []delivery.Vote) []delivery.Vote
	}{
		{"another label", func(v []delivery.Vote) []delivery.Vote { v[0].Label = "dog"; return v }},
		{"another author", func(v []delivery.Vote) []delivery.Vote { v[0].Pseudonym = v[3].Pseudonym; return v }},
		{"two people as one", func(v []delivery.Vote) []delivery.Vote {
			for i := range 6 {
				v[i].Pseudonym = v[0].Pseudonym
			}
			return v
		}},
		{"one vote less", func(v []delivery.Vote) []delivery.Vote { return v[1:] }},
		{"one vote twice", func(v []delivery.Vote) []delivery.Vote { return append(v, v[0]) }},
		{"another time spent", func(v []delivery.Vote) []delivery.Vote { v[0].Ms++; return v }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCampaign(t)
			c.ballots = tt.change(c.ballots)
			refuted(t, c.deliver(), audit.Options{}, "votes", delivery.VotesFile)
		})
	}
}

func TestWhatNothingRefersToIsRefused(t *testing.T) {
	c := newCampaign(t)
	b := c.seal()
	stray := []byte("stray")
	name := audit.BlobFolder + string(client.CIDOf(stray))
	withStray := func(extra ...delivery.File) string {
		files, err := b.Package(c.ballots)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "folder")
		var plain []delivery.File
		for _, f := range files {
			if f.Name != delivery.SumsFile && f.Name != delivery.CroissantFile {
				plain = append(plain, f)
			}
		}
		if err := delivery.Write(dir, append(plain, extra...)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	if _, err := audit.Load(os.DirFS(withStray())); err != nil {
		t.Fatalf("Load: %v", err)
	}
	if _, err := audit.Load(os.DirFS(withStray(delivery.File{Name: name, Text: stray}))); !contains(err, name) {
		t.Errorf("a stray blob: %v", err)
	}
	b.Proofs = append(b.Proofs, b.Proofs[0])
	if _, err := audit.Load(os.DirFS(withStray())); !contains(err, audit.StateFile) {
		t.Errorf("a stray proof: %v", err)
	}
}

func TestAWithdrawnVersionIsRefused(t *testing.T) {
	c := newCampaign(t)
	c.Dataset.State, c.Dataset.Reason = dataset.Tombstoned, "consent withdrawn"
	_, err := audit.Verify(c.deliver(), audit.Options{})
	if !fault.Is(err, fault.KindState) || !contains(err, "consent withdrawn") {
		t.Errorf("Verify: %v, want kind state with the reason", err)
	}
}

func TestAFolderThatIsNoneIsRefused(t *testing.T) {
	if _, err := audit.Verify(t.TempDir(), audit.Options{}); !contains(err, delivery.SumsFile) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := newCampaign(t).deliver()
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "zero")); err != nil {
		t.Skip(err)
	}
	refuted(t, dir, audit.Options{}, "files", "zero")
}
