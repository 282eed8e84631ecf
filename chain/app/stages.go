package app

import (
	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/x/dataset"
	"github.com/alaya-network/alaya/chain/x/market"
	"github.com/alaya-network/alaya/chain/x/model"
	"github.com/alaya-network/alaya/chain/x/party"
	"github.com/alaya-network/alaya/chain/x/quality"
	"github.com/alaya-network/alaya/chain/x/settle"
	"github.com/alaya-network/alaya/chain/x/work"
)

// Stages are the keepers of our own modules. A stage is added here and only
// here: its name, its keeper, its module.
type Stages struct {
	Party   *party.Keeper
	Market  *market.Keeper
	Work    *work.Keeper
	Quality *quality.Keeper
	Settle  *settle.Keeper
	Dataset *dataset.Keeper
	Model   *model.Keeper
}

// stageNames lists our modules in the order of the way of data: the order of
// genesis and of the end of a block. Each has a store and a module account.
func stageNames() []string {
	return []string{party.Name, market.Name, work.Name, quality.Name, settle.Name, dataset.Name, model.Name}
}

func newStages(b builder, k Keepers) *Stages {
	s := &Stages{}
	f := flow{s}
	cdc := b.codec.Proto
	s.Party = party.NewKeeper(cdc, b.store(party.Name), f, b.addresses, b.authority)
	s.Market = market.NewKeeper(cdc, b.store(market.Name), f, b.addresses)
	s.Work = work.NewKeeper(cdc, b.store(work.Name), f)
	s.Quality = quality.NewKeeper(cdc, b.store(quality.Name), f, k.Staking, b.authority)
	s.Settle = settle.NewKeeper(cdc, b.store(settle.Name), f, settle.Money{Bank: k.Bank, Pool: k.Distribution, Addresses: b.addresses}, b.authority)
	s.Dataset = dataset.NewKeeper(cdc, b.store(dataset.Name))
	s.Model = model.NewKeeper(cdc, b.store(model.Name), f, b.addresses)
	return s
}

func (s *Stages) modules() []kit.AppModule {
	return []kit.AppModule{
		party.NewModule(s.Party), market.NewModule(s.Market), work.NewModule(s.Work),
		quality.NewModule(s.Quality), settle.NewModule(s.Settle), dataset.NewModule(s.Dataset),
		model.NewModule(s.Model),
	}
}
