package app

import "github.com/alaya-network/alaya/chain/kit"

// Stages are the keepers of our own modules. A stage is added here and only
// here: its name, its keeper, its module.
type Stages struct{}

// stageNames lists our modules in the order of the way of data: the order of
// genesis and of the end of a block. Each has a store and a module account.
func stageNames() []string { return nil }

func newStages(b builder, k Keepers) Stages { return Stages{} }

func (s Stages) modules() []kit.AppModule { return nil }
