;; Reads rows of whole numbers with a comma after each, as V8 writes them, and sorts them into columns. `npm run generate` makes
;; plain-rows-module.ts of it. What it does and why is said in plain-rows.ts.
;;
;; The memory, where every list has room for 33,808: 32,768 numbers are the most that there can be, and a hundred more may be noted:
;;   0x00000  tables, and what functions leave behind
;;   0x00400  text: 65,536 bytes and 128 zeros behind them
;;   0x11000  where each number begins, and behind the last where the next would
;;   0x32040  where the eight bytes that end with its last digit begin
;;   0x53080  its value
;;   0x740c0  bytes of rows: types
;;   0x7c100  bytes of rows: states
;;   0x84140, 0xa5180, 0xc61c0, 0xe7200  columns
(module
  (memory (export "memory") 17)

  ;; Which of eight bytes count when there are eight digits, seven and so on: by how many are missing.
  (data (i32.const 0x00)
    "\ff\ff\ff\ff\ff\ff\ff\ff\00\ff\ff\ff\ff\ff\ff\ff\00\00\ff\ff\ff\ff\ff\ff\00\00\00\ff\ff\ff\ff\ff"
    "\00\00\00\00\ff\ff\ff\ff\00\00\00\00\00\ff\ff\ff\00\00\00\00\00\00\ff\ff\00\00\00\00\00\00\00\ff"
    "\00\00\00\00\00\00\00\00")
  ;; The least number of so many digits that begins with no zero: none of no digits.
  (data (i32.const 0x50)
    "\80\96\98\00\40\42\0f\00\a0\86\01\00\10\27\00\00\e8\03\00\00\64\00\00\00\0a\00\00\00\00\00\00\00"
    "\ff\ff\ff\7f")
  ;; A number at hand, at 0x7f.
  (data (i32.const 0x7f) "0")
  ;; 0x80 to 0x8f: the row of the largest name, of the largest target, how many edges in all.
  ;; 0x100 to 0x1ff: what each type of the file is called here; 0x200 to 0x2ff: whether edges of such a type have a name.

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

  ;; Counts commas, up to 64 bytes with anything but digits, commas and ends of lines in them, which the zeros behind the text are.
  ;; How far it came stands at 0x80.
  (func (export "count") (param $length i32) (result i32)
    (local $at i32)
    (local $count i32)
    (local $commas i64)
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $length)))
        (local.set $commas
          (call $whichAre (i32.add (local.get $at) (i32.const 0x400)) (i8x16.splat (i32.const 0x2c))))
        (br_if $done
          (i64.ne
            (i64.or
              (i64.or
                (local.get $commas)
                (call $whichAreDigits (i32.add (local.get $at) (i32.const 0x400))))
              (call $whichAre (i32.add (local.get $at) (i32.const 0x400)) (i8x16.splat (i32.const 0x0a))))
            (i64.const -1)))
        (local.set $count (i32.add (local.get $count) (i32.wrap_i64 (i64.popcnt (local.get $commas)))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (i32.store (i32.const 0x80) (local.get $at))
    (local.get $count))

  ;; Notes of one number where it ends and where the next begins, when a comma alone stands between.
  (func $note (param $out i32) (param $end8 i32)
    (i32.store offset=0x32040 (local.get $out) (local.get $end8))
    (i32.store offset=0x11004 (local.get $out) (i32.add (local.get $end8) (i32.const 9))))

  (func $withoutLowest (param $bits i64) (result i64)
    (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))

  ;; Finds where what may be numbers begins and ends: at a comma, or at an end of a line before one. 64 bytes are looked at together, so
  ;; that where one begins does not wait for the one before. Up to an end of a line with no comma behind it. Four times how many.
  (func $find (param $length i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $at8 i32)
    ;; Four times how many are found, and how many are noted of them.
    (local $found i32)
    (local $out i32)
    (local $ends i64)
    (local $lines i64)
    ;; What stands behind an end of a line, and whether the last of the 64 bytes before was one.
    (local $behind i64)
    (local $carry i64)
    (local $odd i64)
    (local.set $at (i32.const 0x400))
    (local.set $end (i32.add (local.get $length) (i32.const 0x400)))
    (i32.store (i32.const 0x11000) (i32.const 0x400))
    (block $done
      (loop $blocks
        (br_if $done
          (i32.and (i32.ge_u (local.get $at) (local.get $end)) (i64.eqz (local.get $carry))))
        ;; More commas than there can be numbers: one of those that are found is none.
        (br_if $done (i32.gt_u (local.get $found) (i32.const 0x20000)))
        (local.set $ends (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x2c))))
        (local.set $lines (call $whichAre (local.get $at) (i8x16.splat (i32.const 0x0a))))
        (local.set $at8 (i32.sub (local.get $at) (i32.const 8)))
        (local.set $out (local.get $found))
        (if (i64.eqz (i64.or (local.get $lines) (local.get $carry)))
          (then
            (local.set $found
              (i32.add
                (local.get $found)
                (i32.shl (i32.wrap_i64 (i64.popcnt (local.get $ends))) (i32.const 2))))
            ;; Four at once: where there are fewer, what was noted too much is noted again.
            (loop $four
              (call $note (local.get $out)
                (i32.add (local.get $at8) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
              (local.set $ends (call $withoutLowest (local.get $ends)))
              (call $note (i32.add (local.get $out) (i32.const 4))
                (i32.add (local.get $at8) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
              (local.set $ends (call $withoutLowest (local.get $ends)))
              (call $note (i32.add (local.get $out) (i32.const 8))
                (i32.add (local.get $at8) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
              (local.set $ends (call $withoutLowest (local.get $ends)))
              (call $note (i32.add (local.get $out) (i32.const 12))
                (i32.add (local.get $at8) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
              (local.set $ends (call $withoutLowest (local.get $ends)))
              (local.set $out (i32.add (local.get $out) (i32.const 16)))
              (br_if $four (i32.lt_u (local.get $out) (local.get $found)))))
          (else
            (local.set $behind (i64.or (i64.shl (local.get $lines) (i64.const 1)) (local.get $carry)))
            (local.set $carry (i64.shr_u (local.get $lines) (i64.const 63)))
            (local.set $odd (i64.and (local.get $behind) (i64.xor (local.get $ends) (i64.const -1))))
            (if (i32.wrap_i64 (i64.and (local.get $odd) (i64.const 1)))
              (then
                ;; The number before was taken to end there.
                (local.set $found (i32.sub (local.get $found) (i32.const 4)))
                (br $done)))
            (local.set $ends
              (i64.or
                (local.get $lines)
                (i64.and (local.get $ends) (i64.xor (local.get $behind) (i64.const -1)))))
            (if (i64.ne (local.get $odd) (i64.const 0))
              (then
                (local.set $ends
                  (i64.and
                    (local.get $ends)
                    (i64.sub
                      (i64.shl
                        (i64.const 1)
                        (i64.sub (i64.ctz (local.get $odd)) (i64.const 1)))
                      (i64.const 1))))))
            (block $none
              (loop $each
                (br_if $none (i64.eqz (local.get $ends)))
                (call $note (local.get $found)
                  (i32.add (local.get $at8) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
                ;; One further behind the end of a line.
                (i32.store offset=0x11004 (local.get $found)
                  (i32.add
                    (i32.load offset=0x11004 (local.get $found))
                    (i32.wrap_i64
                      (i64.and
                        (i64.shr_u (local.get $lines) (i64.ctz (local.get $ends)))
                        (i64.const 1)))))
                (local.set $ends (call $withoutLowest (local.get $ends)))
                (local.set $found (i32.add (local.get $found) (i32.const 4)))
                (br $each)))
            (br_if $done (i64.ne (local.get $odd) (i64.const 0)))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (local.get $found))

  ;; The digits of two numbers of at most eight, each at the end of eight bytes, with zeros before them.
  (func $digitsOfTwo
    (param $end8 i32) (param $otherEnd8 i32) (param $missing i32) (param $otherMissing i32) (result v128)
    (v128.and
      (i8x16.sub
        (v128.load64_lane align=1 1
          (local.get $otherEnd8)
          (v128.load64_zero align=1 (local.get $end8)))
        (i8x16.splat (i32.const 0x30)))
      (v128.load64_lane 1
        (i32.shl (local.get $otherMissing) (i32.const 3))
        (v128.load64_zero (i32.shl (local.get $missing) (i32.const 3))))))

  ;; Of eight bytes two fours: the later digit of a pair counts once, the earlier one ten times as much, and so on.
  (func $fours (param $digits v128) (result v128)
    (i32x4.dot_i16x8_s
      (i16x8.shr_u
        (i16x8.mul (local.get $digits) (i16x8.splat (i32.const 2561)))
        (i32.const 8))
      (v128.const i16x8 100 1 100 1 100 1 100 1)))

  ;; The value of at most eight digits; -1 where anything else is among them.
  (func $valueOfEight (param $end8 i32) (param $missing i32) (result i64)
    (local $value i64)
    (local.set $value
      (i64.and
        (i64.xor (i64.load align=1 (local.get $end8)) (i64.const 0x3030303030303030))
        (i64.load (i32.shl (local.get $missing) (i32.const 3)))))
    (if
      (i64.ne
        (i64.and
          (i64.or
            (i64.add (local.get $value) (i64.const 0x7676767676767676))
            (local.get $value))
          (i64.const 0x8080808080808080))
        (i64.const 0))
      (then (return (i64.const -1))))
    (local.set $value (i64.shr_u (i64.mul (local.get $value) (i64.const 2561)) (i64.const 8)))
    (local.set $value
      (i64.shr_u
        (i64.mul (i64.and (local.get $value) (i64.const 0x00ff00ff00ff00ff)) (i64.const 6553601))
        (i64.const 16)))
    (i64.shr_u
      (i64.mul (i64.and (local.get $value) (i64.const 0x0000ffff0000ffff)) (i64.const 42949672960001))
      (i64.const 32)))

  ;; The value of a number of any length; -1 where it is none, begins with a zero for nothing or does not fit 32 bits.
  (func $valueOf (param $at i32) (result i64)
    (local $end8 i32)
    (local $missing i32)
    (local $high i64)
    (local $low i64)
    (local.set $end8 (i32.load offset=0x32040 (local.get $at)))
    (local.set $missing (i32.sub (i32.load offset=0x11000 (local.get $at)) (local.get $end8)))
    (if (i32.ge_s (local.get $missing) (i32.const 0))
      (then
        (local.set $low (call $valueOfEight (local.get $end8) (local.get $missing)))
        (return
          (select
            (i64.const -1)
            (local.get $low)
            (i64.lt_s
              (local.get $low)
              (i64.load32_u offset=0x50 (i32.shl (local.get $missing) (i32.const 2))))))))
    (if (i32.lt_s (local.get $missing) (i32.const -2)) (then (return (i64.const -1))))
    (local.set $high
      (call $valueOfEight
        (i32.sub (local.get $end8) (i32.const 8))
        (i32.add (local.get $missing) (i32.const 8))))
    (local.set $low (call $valueOfEight (local.get $end8) (i32.const 0)))
    (if
      (i32.or
        (i64.lt_s (local.get $low) (i64.const 0))
        (i64.lt_s
          (local.get $high)
          (select (i64.const 1) (i64.const 10) (i32.eq (local.get $missing) (i32.const -1)))))
      (then (return (i64.const -1))))
    (local.set $low (i64.add (i64.mul (local.get $high) (i64.const 100000000)) (local.get $low)))
    (select
      (i64.const -1)
      (local.get $low)
      (i64.gt_u (local.get $low) (i64.const 0xffffffff))))

  ;; Reads so many bytes up to what is no such number. How many there are.
  (func (export "read") (param $length i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $next i32)
    (local $a i32)
    (local $b i32)
    (local $c i32)
    (local $d i32)
    (local $missingOfA i32)
    (local $missingOfB i32)
    (local $missingOfC i32)
    (local $missingOfD i32)
    (local $ab v128)
    (local $cd v128)
    (local $values v128)
    (local $until i32)
    (local $value i64)
    (local.set $end (call $find (local.get $length)))
    ;; The last four are filled up with a number that is at hand.
    (local.set $next (i32.load offset=0x11000 (local.get $end)))
    (v128.store offset=0x11000 align=4 (local.get $end) (i32x4.splat (i32.const 0x7f)))
    (v128.store offset=0x32040 align=4 (local.get $end) (i32x4.splat (i32.const 0x78)))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $a (i32.load offset=0x32040 (local.get $at)))
        (local.set $b (i32.load offset=0x32044 (local.get $at)))
        (local.set $c (i32.load offset=0x32048 (local.get $at)))
        (local.set $d (i32.load offset=0x3204c (local.get $at)))
        (local.set $missingOfA (i32.sub (i32.load offset=0x11000 (local.get $at)) (local.get $a)))
        (local.set $missingOfB (i32.sub (i32.load offset=0x11004 (local.get $at)) (local.get $b)))
        (local.set $missingOfC (i32.sub (i32.load offset=0x11008 (local.get $at)) (local.get $c)))
        (local.set $missingOfD (i32.sub (i32.load offset=0x1100c (local.get $at)) (local.get $d)))
        (block $odd
          ;; More than eight digits.
          (br_if $odd
            (i32.lt_s
              (i32.or
                (i32.or (local.get $missingOfA) (local.get $missingOfB))
                (i32.or (local.get $missingOfC) (local.get $missingOfD)))
              (i32.const 0)))
          (local.set $ab
            (call $digitsOfTwo
              (local.get $a) (local.get $b) (local.get $missingOfA) (local.get $missingOfB)))
          (local.set $cd
            (call $digitsOfTwo
              (local.get $c) (local.get $d) (local.get $missingOfC) (local.get $missingOfD)))
          (local.set $values
            (i32x4.dot_i16x8_s
              (i16x8.narrow_i32x4_s (call $fours (local.get $ab)) (call $fours (local.get $cd)))
              (v128.const i16x8 10000 1 10000 1 10000 1 10000 1)))
          (v128.store offset=0x53080 align=4 (local.get $at) (local.get $values))
          ;; Something else among the digits, a zero before others, or nothing at all.
          (br_if $odd
            (v128.any_true
              (v128.or
                (v128.or
                  (i8x16.sub_sat_u (local.get $ab) (i8x16.splat (i32.const 9)))
                  (i8x16.sub_sat_u (local.get $cd) (i8x16.splat (i32.const 9))))
                (i32x4.lt_s
                  (local.get $values)
                  (v128.load32_lane offset=0x50 3
                    (i32.shl (local.get $missingOfD) (i32.const 2))
                    (v128.load32_lane offset=0x50 2
                      (i32.shl (local.get $missingOfC) (i32.const 2))
                      (v128.load32_lane offset=0x50 1
                        (i32.shl (local.get $missingOfB) (i32.const 2))
                        (v128.load32_zero offset=0x50
                          (i32.shl (local.get $missingOfA) (i32.const 2))))))))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $fours))
        ;; One by one.
        (local.set $until (i32.add (local.get $at) (i32.const 16)))
        (loop $ones
          (local.set $value (call $valueOf (local.get $at)))
          (br_if $done (i64.lt_s (local.get $value) (i64.const 0)))
          (i64.store32 offset=0x53080 (local.get $at) (local.get $value))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $ones (i32.lt_u (local.get $at) (local.get $until))))
        (br $fours)))
    (i32.store offset=0x11000 (local.get $end) (local.get $next))
    (i32.shr_u
      (select (local.get $end) (local.get $at) (i32.gt_u (local.get $at) (local.get $end)))
      (i32.const 2)))

  ;; Sorts values that were read into columns of edges, up to a row that is none: types, names and targets. Fields are given by how many
  ;; bytes of values stand before them in a row. A place is divided by the fields of a node by multiplying it with the inverse of their odd
  ;; part, and turning the result around by how often they can be halved: what is no multiple comes out larger than any quotient.
  (func (export "edges")
    (param $rows i32) (param $rowBytes i32) (param $typeAt i32) (param $nameAt i32) (param $toAt i32)
    (param $types i32) (param $inverse i32) (param $halvings i32) (param $largestQuotient i32) (result i32)
    (local $at i32)
    (local $row i32)
    (local $type i32)
    (local $target i32)
    (local $name i32)
    (local $largestName i64)
    (local $largestTarget i64)
    (local $nameRow i32)
    (local $targetRow i32)
    (local.set $largestName (i64.const -1))
    (local.set $largestTarget (i64.const -1))
    (local.set $nameRow (i32.const -1))
    (local.set $targetRow (i32.const -1))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $row) (local.get $rows)))
        (local.set $type (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $typeAt))))
        (br_if $done (i32.ge_u (local.get $type) (local.get $types)))
        (local.set $type (i32.load8_u offset=0x100 (local.get $type)))
        (local.set $target
          (i32.rotr
            (i32.mul
              (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $toAt)))
              (local.get $inverse))
            (local.get $halvings)))
        (br_if $done (i32.gt_u (local.get $target) (local.get $largestQuotient)))
        (local.set $name (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $nameAt))))
        (i32.store8 offset=0x740c0 (local.get $row) (local.get $type))
        (i32.store offset=0x84140 (i32.shl (local.get $row) (i32.const 2)) (local.get $name))
        (i32.store offset=0xa5180 (i32.shl (local.get $row) (i32.const 2)) (local.get $target))
        (if (i64.gt_s (i64.extend_i32_u (local.get $target)) (local.get $largestTarget))
          (then
            (local.set $largestTarget (i64.extend_i32_u (local.get $target)))
            (local.set $targetRow (local.get $row))))
        (if
          (i32.and
            (i64.gt_s (i64.extend_i32_u (local.get $name)) (local.get $largestName))
            (i32.load8_u offset=0x200 (local.get $type)))
          (then
            (local.set $largestName (i64.extend_i32_u (local.get $name)))
            (local.set $nameRow (local.get $row))))
        (local.set $at (i32.add (local.get $at) (local.get $rowBytes)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $each)))
    (i32.store (i32.const 0x80) (local.get $nameRow))
    (i32.store (i32.const 0x84) (local.get $targetRow))
    (local.get $row))

  ;; The same for nodes: types, states, names, ids, sizes, and how many edges there are before each row.
  (func (export "nodes")
    (param $rows i32) (param $rowBytes i32) (param $typeAt i32) (param $nameAt i32) (param $idAt i32)
    (param $sizeAt i32) (param $edgesAt i32) (param $stateAt i32) (param $hasStates i32)
    (param $types i32) (param $states i32) (param $edgesBefore i32) (param $mostEdges i32) (result i32)
    (local $at i32)
    (local $row i32)
    (local $type i32)
    (local $state i32)
    (local $name i32)
    (local $edges i64)
    (local $next i64)
    (local $largestName i64)
    (local $nameRow i32)
    (local.set $edges (i64.extend_i32_u (local.get $edgesBefore)))
    (local.set $largestName (i64.const -1))
    (local.set $nameRow (i32.const -1))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $row) (local.get $rows)))
        (local.set $type (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $typeAt))))
        (br_if $done (i32.ge_u (local.get $type) (local.get $types)))
        (if (local.get $hasStates)
          (then
            (local.set $state (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $stateAt))))
            (br_if $done (i32.ge_u (local.get $state) (local.get $states)))
            (i32.store8 offset=0x7c100 (local.get $row) (local.get $state))))
        (local.set $next
          (i64.add
            (local.get $edges)
            (i64.load32_u offset=0x53080 (i32.add (local.get $at) (local.get $edgesAt)))))
        (br_if $done (i64.gt_u (local.get $next) (i64.extend_i32_u (local.get $mostEdges))))
        (local.set $name (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $nameAt))))
        (i32.store8 offset=0x740c0 (local.get $row) (i32.load8_u offset=0x100 (local.get $type)))
        (i32.store offset=0x84140 (i32.shl (local.get $row) (i32.const 2)) (local.get $name))
        (i32.store offset=0xa5180 (i32.shl (local.get $row) (i32.const 2))
          (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $idAt))))
        (i32.store offset=0xc61c0 (i32.shl (local.get $row) (i32.const 2))
          (i32.load offset=0x53080 (i32.add (local.get $at) (local.get $sizeAt))))
        (i64.store32 offset=0xe7200 (i32.shl (local.get $row) (i32.const 2)) (local.get $edges))
        (local.set $edges (local.get $next))
        (if (i64.gt_s (i64.extend_i32_u (local.get $name)) (local.get $largestName))
          (then
            (local.set $largestName (i64.extend_i32_u (local.get $name)))
            (local.set $nameRow (local.get $row))))
        (local.set $at (i32.add (local.get $at) (local.get $rowBytes)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $each)))
    (i32.store (i32.const 0x80) (local.get $nameRow))
    (i64.store32 (i32.const 0x88) (local.get $edges))
    (local.get $row)))
