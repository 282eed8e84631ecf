package strict

import "math"

// Digamma returns ψ(x), the derivative of LogGamma, for 1e-290 < x < 1e300:
// absolute error below 1e-13 where ψ is below 1.
func Digamma(x float64) float64 {
	above, below := 0.0, 1.0 // their ratio is 1/x + 1/(x+1) + … up to 6
	for x < 6 {
		above = float64(above*x) + below
		below = float64(below * x)
		x++
	}
	r := 1 / x
	s := float64(r * r)
	c := float64(s * (1./12 - float64(s*(3617./8160))))
	c = float64(s * (-691./32760 + c))
	c = float64(s * (1./132 + c))
	c = float64(s * (-1./240 + c))
	c = float64(s * (1./252 + c))
	c = float64(s * (-1./120 + c))
	c = float64(s * (1./12 + c))
	return Log(x) - float64(0.5*r) - c - above/below
}

// LogGamma returns ln Γ(x) for 1e-290 < x < 1e300: relative error below 1e-14,
// or absolute below 1e-14 near its zeros 1 and 2.
func LogGamma(x float64) float64 {
	const halfLog2Pi = 9.18938533204672741780e-01
	shift := 1.0
	for x < 12 {
		shift = float64(shift * x)
		x++
	}
	s := 1 / float64(x*x)
	series := poly(s, 1./12, -1./360, 1./1260, -1./1680, 1./1188) / x
	return float64((x-0.5)*Log(x)) - x + halfLog2Pi + series - Log(shift)
}

// Erf returns the error function of x; beyond |x| = 6 it is -1 or 1.
func Erf(x float64) float64 {
	switch a := abs(x); {
	case a < 0.84375:
		return x + float64(x*erfSmall(a))
	case a < 1.25:
		return sign(erx+erfMiddle(a), x)
	case a < 6:
		return sign(1-erfcTail(a), x)
	default:
		return sign(1, x)
	}
}

// Erfc returns 1 - Erf(x), exactly small where x is large; beyond x = 26 it is
// 0. The normal distribution function of z is Erfc(-z/√2)/2.
func Erfc(x float64) float64 {
	switch {
	case x < 0.25:
		return 1 - Erf(x)
	case x < 0.84375:
		return 0.5 - (float64(x*erfSmall(x)) + (x - 0.5))
	case x < 1.25:
		return 1 - erx - erfMiddle(x)
	case x < 26:
		return erfcTail(x)
	default:
		return 0
	}
}

// erx is near erf(1), where the middle range is expanded.
const erx = 8.45062911510467529297e-01

// erfSmall returns erf(x)/x - 1 for 0 <= x < 0.84375.
func erfSmall(x float64) float64 {
	z := float64(x * x)
	return poly(z, 1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
		-5.77027029648944159157e-03, -2.37630166566501626084e-05) /
		poly(z, 1, 3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03,
			1.32494738004321644526e-04, -3.96022827877536812320e-06)
}

// erfMiddle returns erf(x) - erx for 0.84375 <= x < 1.25.
func erfMiddle(x float64) float64 {
	s := x - 1
	return poly(s, -2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
		3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02,
		-2.16637559486879084300e-03) /
		poly(s, 1, 1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02,
			1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02)
}

// erfcTail returns erfc(x) for 1.25 <= x < 26.
func erfcTail(x float64) float64 {
	s := 1 / float64(x*x)
	var ratio float64
	if x < 1/0.35 {
		ratio = poly(s, -9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
			-6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02,
			-8.12874355063065934246e+01, -9.81432934416914548592e+00) /
			poly(s, 1, 1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02,
				6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02,
				6.57024977031928170135e+00, -6.04244152148580987438e-02)
	} else {
		ratio = poly(s, -9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
			-1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03,
			-4.83519191608651397019e+02) /
			poly(s, 1, 3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03,
				3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02,
				-2.24409524465858183362e+01)
	}
	high := math.Float64frombits(math.Float64bits(x) &^ 0xffffffff) // its square is exact
	return Exp(-float64(high*high)-0.5625) * Exp(float64((high-x)*(high+x))+ratio) / x
}

// poly returns c0 + c1·x + c2·x² + … .
func poly(x float64, c ...float64) float64 {
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = float64(sum*x) + c[i]
	}
	return sum
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// sign gives y, which is not negative, the sign of x.
func sign(y, x float64) float64 {
	if x < 0 {
		return -y
	}
	return y
}
