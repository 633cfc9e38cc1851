;; Reads whole numbers with a comma after each, as V8 writes the rows of a snapshot. `npm run generate` makes
;; plain-numbers-module.ts of it. What it does and why is said in plain-numbers.ts.
;;
;; 64 bytes are looked at together, for where commas, digits and ends of lines are, so that where a number begins does not wait for
;; the one before; the digits of a number are added up eight at a time, without a loop (D. Lemire, "Quickly parsing eight digits",
;; 2018, who has it from M. Langdale and others).
(module
  ;; 262,144 bytes of text with 128 zeros behind them, then as many values as that may hold and one more, then where each begins.
  (memory (export "memory") 21)

  ;; A bit for each of 64 bytes: whether it is this one.
  (func $whichAre (param $from i32) (param $byte v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u
          (i8x16.bitmask (i8x16.eq (v128.load align=1 (local.get $from)) (local.get $byte))))
        (i64.shl
          (i64.extend_i32_u
            (i8x16.bitmask (i8x16.eq (v128.load offset=16 align=1 (local.get $from)) (local.get $byte))))
          (i64.const 16)))
      (i64.or
        (i64.shl
          (i64.extend_i32_u
            (i8x16.bitmask (i8x16.eq (v128.load offset=32 align=1 (local.get $from)) (local.get $byte))))
          (i64.const 32))
        (i64.shl
          (i64.extend_i32_u
            (i8x16.bitmask (i8x16.eq (v128.load offset=48 align=1 (local.get $from)) (local.get $byte))))
          (i64.const 48)))))

  ;; A bit for each of 16 bytes: whether it is a digit.
  (func $digitsOf16 (param $bytes v128) (result i64)
    (i64.extend_i32_u
      (i8x16.bitmask
        (i8x16.lt_u
          (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x30)))
          (i8x16.splat (i32.const 10))))))

  (func $whichAreDigits (param $from i32) (result i64)
    (i64.or
      (i64.or
        (call $digitsOf16 (v128.load align=1 (local.get $from)))
        (i64.shl (call $digitsOf16 (v128.load offset=16 align=1 (local.get $from))) (i64.const 16)))
      (i64.or
        (i64.shl (call $digitsOf16 (v128.load offset=32 align=1 (local.get $from))) (i64.const 32))
        (i64.shl (call $digitsOf16 (v128.load offset=48 align=1 (local.get $from))) (i64.const 48)))))

  ;; The value of so many digits from a byte on, at most eight: those that follow are shifted away, zeros take their place.
  (func $valueOf (param $from i32) (param $length i32) (result i64)
    (local $value i64)
    (local.set $value
      (i64.shl
        (i64.xor (i64.load align=1 (local.get $from)) (i64.const 0x3030303030303030))
        (i64.extend_i32_u (i32.sub (i32.const 64) (i32.shl (local.get $length) (i32.const 3))))))
    ;; Pairs, then fours, then all: the later digit of two counts once, the earlier one ten times as much, and so on.
    (local.set $value (i64.shr_u (i64.mul (local.get $value) (i64.const 2561)) (i64.const 8)))
    (local.set $value
      (i64.shr_u
        (i64.mul (i64.and (local.get $value) (i64.const 0x00ff00ff00ff00ff)) (i64.const 6553601))
        (i64.const 16)))
    (i64.shr_u
      (i64.mul (i64.and (local.get $value) (i64.const 0x0000ffff0000ffff)) (i64.const 42949672960001))
      (i64.const 32)))

  ;; Counts commas from the first byte of the memory on, up to 64 bytes with anything but digits, commas and ends of lines in them, which
  ;; the zeros behind `end` are. Where these 64 begin stands at `next`.
  (func (export "count") (param $end i32) (param $next i32) (result i32)
    (local $at i32)
    (local $count i32)
    (local $commas i64)
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $commas (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x2c))))
        (br_if $done
          (i64.ne
            (i64.or
              (i64.or (local.get $commas) (call $whichAreDigits (local.get $at)))
              (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x0a))))
            (i64.const -1)))
        (local.set $count (i32.add (local.get $count) (i32.wrap_i64 (i64.popcnt (local.get $commas)))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (i32.store (local.get $next) (local.get $at))
    (local.get $count))

  ;; Reads from the first byte of the memory to before `end`, up to 64 bytes with anything but such numbers in them. How many there are;
  ;; behind where the last of them begins stands where the next would.
  (func (export "read") (param $end i32) (param $values i32) (param $begins i32) (result i32)
    (local $first i32)
    (local $at i32)
    (local $commas i64)
    (local $digits i64)
    (local $lines i64)
    (local $known i64)
    (local $start i32)
    (local $comma i32)
    (local $length i32)
    (local $value i64)
    (local.set $first (local.get $values))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $commas (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x2c))))
        (br_if $done (i64.eqz (local.get $commas)))
        (local.set $digits (call $whichAreDigits (local.get $at)))
        (local.set $lines (i64.const 0))
        ;; Up to the last comma all must be digits and commas, or the end of a line between a digit and a comma.
        (local.set $known (i64.shr_u (i64.const -1) (i64.clz (local.get $commas))))
        (if
          (i64.ne
            (i64.and (i64.or (local.get $commas) (local.get $digits)) (local.get $known))
            (local.get $known))
          (then
            (local.set $lines
              (i64.and (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x0a))) (local.get $known)))
            (br_if $done
              (i64.ne
                (i64.and
                  (i64.or (i64.or (local.get $commas) (local.get $digits)) (local.get $lines))
                  (local.get $known))
                (local.get $known)))
            (br_if $done
              (i64.ne
                (i64.and
                  (local.get $lines)
                  (i64.and
                    (i64.shl (local.get $digits) (i64.const 1))
                    (i64.shr_u (local.get $commas) (i64.const 1))))
                (local.get $lines)))))
        ;; And a digit or such an end of a line stands before each comma.
        (br_if $done
          (i64.ne
            (i64.and
              (local.get $commas)
              (i64.shl (i64.or (local.get $digits) (local.get $lines)) (i64.const 1)))
            (local.get $commas)))
        (local.set $start (local.get $at))
        (loop $numbers
          (local.set $comma (i32.wrap_i64 (i64.ctz (local.get $commas))))
          (local.set $length
            (i32.sub
              (i32.sub (i32.add (local.get $at) (local.get $comma)) (local.get $start))
              (i32.wrap_i64
                (i64.and
                  (i64.shr_u
                    (i64.shl (local.get $lines) (i64.const 1))
                    (i64.extend_i32_u (local.get $comma)))
                  (i64.const 1)))))
          ;; A zero before other digits is no JSON.
          (if
            (i32.and
              (i32.eq (i32.load8_u (local.get $start)) (i32.const 0x30))
              (i32.ne (local.get $length) (i32.const 1)))
            (then
              (local.set $at (local.get $start))
              (br $done)))
          (if (i32.le_u (local.get $length) (i32.const 8))
            (then
              (local.set $value (call $valueOf (local.get $start) (local.get $length))))
            (else
              (if (i32.gt_u (local.get $length) (i32.const 10))
                (then
                  (local.set $at (local.get $start))
                  (br $done)))
              (local.set $value
                (i64.add
                  (i64.mul
                    (call $valueOf (local.get $start) (i32.sub (local.get $length) (i32.const 8)))
                    (i64.const 100000000))
                  (call $valueOf
                    (i32.sub (i32.add (local.get $start) (local.get $length)) (i32.const 8))
                    (i32.const 8))))
              (if (i64.gt_u (local.get $value) (i64.const 0xffffffff))
                (then
                  (local.set $at (local.get $start))
                  (br $done)))))
          (i64.store32 (local.get $values) (local.get $value))
          (i32.store (local.get $begins) (local.get $start))
          (local.set $values (i32.add (local.get $values) (i32.const 4)))
          (local.set $begins (i32.add (local.get $begins) (i32.const 4)))
          (local.set $start (i32.add (i32.add (local.get $at) (local.get $comma)) (i32.const 1)))
          (local.set $commas (i64.and (local.get $commas) (i64.sub (local.get $commas) (i64.const 1))))
          (br_if $numbers (i64.ne (local.get $commas) (i64.const 0))))
        (local.set $at (local.get $start))
        (br $blocks)))
    (i32.store (local.get $begins) (local.get $at))
    (i32.shr_u (i32.sub (local.get $values) (local.get $first)) (i32.const 2))))
