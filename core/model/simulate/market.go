package simulate

func (r *run) market() error { return nil }
