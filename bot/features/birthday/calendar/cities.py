"""Cities as people call them, in Korean and English, with the zone whose clocks they share. Data and nothing else.

One line a city: zone, Korean name, English name; the likelier for a Korean group come first. Many are not in the names
of the zones (Busan, Beijing, San Francisco); every other zone is found by its own name.
"""

CITIES = """
Asia/Seoul|서울|Seoul
Asia/Seoul|부산|Busan
Asia/Seoul|대구|Daegu
Asia/Seoul|인천|Incheon
Asia/Seoul|광주|Gwangju
Asia/Seoul|대전|Daejeon
Asia/Seoul|울산|Ulsan
Asia/Seoul|제주|Jeju
Asia/Pyongyang|평양|Pyongyang
Asia/Tokyo|도쿄|Tokyo
Asia/Tokyo|오사카|Osaka
Asia/Tokyo|후쿠오카|Fukuoka
Asia/Tokyo|삿포로|Sapporo
Asia/Shanghai|베이징|Beijing
Asia/Shanghai|상하이|Shanghai
Asia/Shanghai|선전|Shenzhen
Asia/Shanghai|광저우|Guangzhou
Asia/Hong_Kong|홍콩|Hong Kong
Asia/Macau|마카오|Macau
Asia/Taipei|타이베이|Taipei
Asia/Singapore|싱가포르|Singapore
Asia/Bangkok|방콕|Bangkok
Asia/Ho_Chi_Minh|호찌민|Ho Chi Minh City
Asia/Ho_Chi_Minh|하노이|Hanoi
Asia/Ho_Chi_Minh|다낭|Da Nang
Asia/Manila|마닐라|Manila
Asia/Manila|세부|Cebu
Asia/Jakarta|자카르타|Jakarta
Asia/Makassar|발리|Bali
Asia/Kuala_Lumpur|쿠알라룸푸르|Kuala Lumpur
Asia/Phnom_Penh|프놈펜|Phnom Penh
Asia/Vientiane|비엔티안|Vientiane
Asia/Yangon|양곤|Yangon
Asia/Ulaanbaatar|울란바토르|Ulaanbaatar
Asia/Kolkata|뉴델리|New Delhi
Asia/Kolkata|뭄바이|Mumbai
Asia/Kolkata|벵갈루루|Bengaluru
Asia/Kathmandu|카트만두|Kathmandu
Asia/Dhaka|다카|Dhaka
Asia/Colombo|콜롬보|Colombo
Asia/Karachi|카라치|Karachi
Asia/Kabul|카불|Kabul
Asia/Tashkent|타슈켄트|Tashkent
Asia/Almaty|알마티|Almaty
Asia/Vladivostok|블라디보스토크|Vladivostok
Asia/Dubai|두바이|Dubai
Asia/Dubai|아부다비|Abu Dhabi
Asia/Qatar|도하|Doha
Asia/Riyadh|리야드|Riyadh
Asia/Kuwait|쿠웨이트|Kuwait City
Asia/Baghdad|바그다드|Baghdad
Asia/Tehran|테헤란|Tehran
Asia/Jerusalem|예루살렘|Jerusalem
Asia/Jerusalem|텔아비브|Tel Aviv
America/Los_Angeles|로스앤젤레스|Los Angeles
America/Los_Angeles|샌프란시스코|San Francisco
America/Los_Angeles|시애틀|Seattle
America/Los_Angeles|샌디에이고|San Diego
America/Los_Angeles|라스베이거스|Las Vegas
America/New_York|뉴욕|New York
America/New_York|워싱턴|Washington
America/New_York|보스턴|Boston
America/New_York|필라델피아|Philadelphia
America/New_York|애틀랜타|Atlanta
America/New_York|마이애미|Miami
America/Detroit|디트로이트|Detroit
America/Chicago|시카고|Chicago
America/Chicago|댈러스|Dallas
America/Chicago|휴스턴|Houston
America/Chicago|오스틴|Austin
America/Denver|덴버|Denver
America/Denver|솔트레이크시티|Salt Lake City
America/Phoenix|피닉스|Phoenix
America/Anchorage|앵커리지|Anchorage
Pacific/Honolulu|호놀룰루|Honolulu
Pacific/Honolulu|하와이|Hawaii
Pacific/Guam|괌|Guam
Pacific/Saipan|사이판|Saipan
America/Toronto|토론토|Toronto
America/Toronto|몬트리올|Montreal
America/Toronto|오타와|Ottawa
America/Vancouver|밴쿠버|Vancouver
America/Edmonton|캘거리|Calgary
America/Halifax|핼리팩스|Halifax
America/Mexico_City|멕시코시티|Mexico City
America/Havana|아바나|Havana
America/Panama|파나마|Panama City
America/Bogota|보고타|Bogotá
America/Lima|리마|Lima
America/Santiago|산티아고|Santiago
America/Sao_Paulo|상파울루|São Paulo
America/Sao_Paulo|리우데자네이루|Rio de Janeiro
America/Argentina/Buenos_Aires|부에노스아이레스|Buenos Aires
Europe/London|런던|London
Europe/London|에든버러|Edinburgh
Europe/London|맨체스터|Manchester
Europe/Dublin|더블린|Dublin
Europe/Lisbon|리스본|Lisbon
Europe/Madrid|마드리드|Madrid
Europe/Madrid|바르셀로나|Barcelona
Europe/Paris|파리|Paris
Europe/Brussels|브뤼셀|Brussels
Europe/Amsterdam|암스테르담|Amsterdam
Europe/Luxembourg|룩셈부르크|Luxembourg
Europe/Berlin|베를린|Berlin
Europe/Berlin|뮌헨|Munich
Europe/Berlin|프랑크푸르트|Frankfurt
Europe/Berlin|함부르크|Hamburg
Europe/Zurich|취리히|Zurich
Europe/Zurich|제네바|Geneva
Europe/Vienna|빈|Vienna
Europe/Rome|로마|Rome
Europe/Rome|밀라노|Milan
Europe/Prague|프라하|Prague
Europe/Warsaw|바르샤바|Warsaw
Europe/Budapest|부다페스트|Budapest
Europe/Copenhagen|코펜하겐|Copenhagen
Europe/Stockholm|스톡홀름|Stockholm
Europe/Oslo|오슬로|Oslo
Europe/Helsinki|헬싱키|Helsinki
Europe/Athens|아테네|Athens
Europe/Bucharest|부쿠레슈티|Bucharest
Europe/Sofia|소피아|Sofia
Europe/Belgrade|베오그라드|Belgrade
Europe/Istanbul|이스탄불|Istanbul
Europe/Kyiv|키이우|Kyiv
Europe/Moscow|모스크바|Moscow
Europe/Moscow|상트페테르부르크|Saint Petersburg
Atlantic/Reykjavik|레이캬비크|Reykjavik
Africa/Cairo|카이로|Cairo
Africa/Casablanca|카사블랑카|Casablanca
Africa/Lagos|라고스|Lagos
Africa/Nairobi|나이로비|Nairobi
Africa/Johannesburg|요하네스버그|Johannesburg
Africa/Johannesburg|케이프타운|Cape Town
Australia/Sydney|시드니|Sydney
Australia/Melbourne|멜버른|Melbourne
Australia/Brisbane|브리즈번|Brisbane
Australia/Perth|퍼스|Perth
Australia/Adelaide|애들레이드|Adelaide
Pacific/Auckland|오클랜드|Auckland
Pacific/Auckland|웰링턴|Wellington
Pacific/Fiji|피지|Fiji
Pacific/Apia|아피아|Apia
UTC|협정 세계시|UTC
"""
